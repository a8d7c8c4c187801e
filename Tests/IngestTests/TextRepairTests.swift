import Ingest
import Testing

/// Texts that cannot be kept as they are sent.
struct TextRepairTests {
    @Test(arguments: [
        // What is kept.
        ("plain", "plain", false), ("\\u0041\\u00e9\\u20AC", "Aé€", false), ("\\ud83d\\ude00", "😀", false),
        ("\\\"\\\\\\/\\n\\r\\t", "\"\\/\n\r\t", false), ("é€😀", "é€😀", false), ("a\\u0000", "a\u{FFFD}", true),
        ("\\uffff\\ufeff", "\u{FFFF}\u{FEFF}", false), ("\u{2028}", "\u{2028}", false),
        // Lone surrogates.
        ("a\\ud83d", "a\u{FFFD}", true), ("\\ude00b", "\u{FFFD}b", true),
        ("\\ud83dx\\ude00", "\u{FFFD}x\u{FFFD}", true), ("\\ud83d\\ud83d\\ude00", "\u{FFFD}😀", true),
        ("\\ud83d\\n", "\u{FFFD}\n", true), ("\\ud83d\\u0041", "\u{FFFD}A", true),
        // Control characters.
        ("\\b\\f", "\u{FFFD}\u{FFFD}", true), ("\\u001b[31m", "\u{FFFD}[31m", true),
        ("\\u007f\\u0085", "\u{FFFD}\u{FFFD}", true), ("a<01>b<7f>", "a\u{FFFD}b\u{FFFD}", true),
        ("<c2><85>", "\u{FFFD}", true), ("<c2><a0>", "\u{A0}", false), ("a<0a>b<09>c<0d>", "a\nb\tc\r", true),
        // Bytes that are no UTF-8, one U+FFFD for each start of a sequence.
        ("<ff>", "\u{FFFD}", true), ("a<80><80>b", "a\u{FFFD}\u{FFFD}b", true), ("<c3>x", "\u{FFFD}x", true),
        ("<c0><80>", "\u{FFFD}\u{FFFD}", true), ("<e2><82>x", "\u{FFFD}x", true), ("<f0><9f><98>", "\u{FFFD}", true),
        ("<ed><a0><80>", "\u{FFFD}\u{FFFD}\u{FFFD}", true),
        ("<f4><90><80><80>", "\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}", true),
        ("<e0><80><80>", "\u{FFFD}\u{FFFD}\u{FFFD}", true), ("é<ff>\\n€", "é\u{FFFD}\n€", true),
        // Behind a run longer than a word, at every offset in it.
        ("0123456789abcde<ff>f", "0123456789abcde\u{FFFD}f", true),
        ("0123456789abcdef0\\ud800", "0123456789abcdef0\u{FFFD}", true),
    ])
    func repairsTexts(_ sent: String, stored: String, isRepaired: Bool) throws {
        for field in [ErrorField.message, .stackTrace, .service] {
            let body = bytes("{\"\(field.name)\":\"\(sent)\"" + (field == .message ? "}" : ",\"message\":\"m\"}"))
            let report = try kept(body)
            #expect(report.text(field).map { Array($0.utf8) } == Array(stored.utf8))
            #expect(report.item.repaired == (isRepaired ? ErrorFieldSet(field) : []))
            #expect(report.item.truncated == [])
        }
    }

    @Test(arguments: [
        ("{\"a\":\"\\ud800\"}", "{\"a\":\"\u{FFFD}\"}"), ("{\"a\":\"<ff>\"}", "{\"a\":\"\u{FFFD}\"}"),
        ("{\"a\":\"x<0a>y<09>\"}", "{\"a\":\"x\\ny\\t\"}"),
        ("{\"a\":[\"<01>\",\"\\\"<ff>\\\\\"]}", "{\"a\":[\"\u{FFFD}\",\"\\\"\u{FFFD}\\\\\"]}"),
        ("{\"a\":[1, {\"b\" : \"\\ud800\\ud83d\\ude00\"}]}", "{\"a\":[1, {\"b\" : \"\u{FFFD}\\ud83d\\ude00\"}]}"),
        ("{\"a\":[ <0a> \"<80>\" <0a> ]}", "{\"a\":[ \n \"\u{FFFD}\" \n ]}"),
    ])
    func repairsTheContext(_ sent: String, stored: String) throws {
        let report = try kept(bytes("{\"message\":\"m\",\"context\":\(sent)}"))
        #expect(report.text(.context) == stored)
        #expect(report.item.repaired == ErrorFieldSet(.context))
    }

    @Test(arguments: [
        "{\"a\":\"\\u0000\\b\\u001b\"}", "{\"a\":\"\\ud83d\\ude00é\"}", "{\"a\":\"\u{7f}\"}",
        "{\"é\":1,\"\\u0061b\":2}",
    ])
    func keepsSoundContext(_ context: String) throws {
        let report = try kept("{\"message\":\"m\",\"context\":\(context)}")
        #expect(report.text(.context) == context)
        #expect(report.item.repaired == [])
    }
}

import Fingerprint
import Ingest
import QueueCore
import Testing

@Suite struct SearchTests {
    private static func text(_ message: String, type: String? = nil) -> SearchText {
        SearchText(type: type?.utf8, message: message.utf8)
    }

    @Test(arguments: [
        // Text, search, whether it is found.
        ("Connection timed out", "timed", true),
        ("Connection timed out", "TIMED", true),
        ("Connection timed out", "time", true),
        ("Connection timed out", "imed", false),
        ("Connection timed out", "out connection", true),
        ("Connection timed out", "connection refused", false),
        ("Connection timed out", "connection ou", true),
        ("Connection timed out", "connection u", false),
        ("user_id is missing in com.example.Order#pay()", "order pay example", true),
        ("user_id is missing", "user id missing", true),
        ("user_id is missing", "user_id", true),
        ("Erreur: accès refusé à l’élève", "acces eleve", true),
        ("Erreur: acces refuse", "accès", true),
        ("cafe\u{301} closed", "café", true),
        ("café closed", "cafe\u{301}", true),
        ("STRAẞE and straße and Åre", "strasse are", true),
        ("Ошибка сети", "ОШИБ", true),
        ("Ошибка сети", "шибка", false),
        ("HTTP 503 from upstream", "503", true),
        ("HTTP 503 from upstream", "50", false),
        ("HTTP 503 from upstream", "http 50", true),
        ("order 665782 failed", "665782", true),
        ("could not be reached", "\"not be reached\"", true),
        ("could not be reached", "\"not be rea\"", true),
        ("could not be reached", "\"no be reached\"", false),
        ("could not be reached", "\"be not could\"", false),
        ("could not be reached", "reached \"could not\"", true),
        ("could not be reached", "\"could not", true),
        ("could not be reached", "+reached -could", true),
        ("could not be reached", "reached*", true),
        ("could not be reached", "(reached) @ ~could <not >be \\ ' ; --", true),
        ("data base error", "database", false),
        ("錯誤發生了", "錯誤發", true),
        (String(repeating: "verylong", count: 10), String(repeating: "verylong", count: 10) + "x", true),
        (String(repeating: "x", count: 1_024) + " behind", "behind", false),
    ])
    func whatIsFound(text: String, search: String, isFound: Bool) throws {
        guard let query = try? SearchQuery(search) else {
            #expect(!isFound)
            return
        }
        #expect(query.matches(Self.text(text)) == isFound)
    }

    @Test func theTypeIsSearchedToo() throws {
        let query = try SearchQuery("typeerror undefined")
        #expect(query.matches(Self.text("x is undefined", type: "TypeError")))
        #expect(!query.matches(Self.text("x is undefined", type: "RangeError")))
        #expect(!query.matches(SearchText(type: nil as String.UTF8View?, message: nil as String.UTF8View?)))
    }

    @Test(arguments: ["", "  ", "a", "ab cd", "\"\"", "-- ;", "é1", "\u{301}\u{301}\u{301}", "%_%"])
    func aSearchNeedsAWord(text: String) {
        #expect(throws: SearchQuery.Problem.noWord) { try SearchQuery(text) }
    }

    @Test func aSearchIsBounded() throws {
        let words = (0..<17).map { "word\($0)" }
        #expect(throws: SearchQuery.Problem.tooManyWords) { try SearchQuery(words.joined(separator: " ")) }
        #expect(try SearchQuery(words.dropLast().joined(separator: " ")).indexedWords.count == 16)
    }

    @Test func theLongestWordIsAskedForFirst() throws {
        let words = try SearchQuery("of gateway \"time out\" time").indexedWords
        #expect(words.map { String(decoding: $0.bytes, as: UTF8.self) } == ["gateway", "time", "out"])
    }

    @Test func theWordsOfTheIndexAreDistinctSortedAndBounded() throws {
        let text = Self.text("beta Alpha of béta ALPHA \(String(repeating: "é", count: 30))", type: "Alpha")
        #expect(
            text.indexedWords.map { String(decoding: $0.bytes, as: UTF8.self) }
                == ["alpha", "beta", String(repeating: "e", count: 24)])
        // Whatever fits into the text that is looked at, and no more: index and matches know the same words.
        let words = (0..<400).map { String($0 + 1_296, radix: 36) }
        let many = Self.text(words.joined(separator: " "))
        #expect(many.indexedWords.count == 256)
        for (number, word) in words.enumerated() {
            let query = try SearchQuery(word)
            #expect(query.matches(many) == (number < 256))
            #expect(many.indexedWords.contains(try #require(query.indexedWords.first)) == (number < 256))
        }
        // The cut is at a character boundary.
        let wide = Self.text("x" + String(repeating: "я", count: 30))
        #expect(wide.indexedWords.map(\.bytes.count) == [23])
    }

    @Test func checksumsAreThoseOfTheServer() {
        #expect(CRC32.of([]) == 0)
        #expect(CRC32.of("123456789".utf8) == 0xCBF4_3926)
        #expect(CRC32.of("production".utf8) != CRC32.of("Production".utf8))
    }

    /// A text that matches is never passed over, whatever bytes it has.
    @Test func bitsNeverHideAMatch() throws {
        var random = SeededRandom(seed: 7)
        let letters = Array("abcABC019 éÉßæ\u{301}Жя世界_-.\"%\\'\u{0}\u{202E}İı" as String)
        func string(_ length: Int) -> String {
            String((0..<length).map { _ in letters[Int.random(in: 0..<letters.count, using: &random)] })
        }
        var matches = 0
        for _ in 0..<20_000 {
            let message = string(Int.random(in: 4...60, using: &random))
            let text = Self.text(message, type: string(5))
            let part = message.dropFirst(Int.random(in: 0..<message.count, using: &random)).prefix(8)
            guard let query = try? SearchQuery(String(part)) else { continue }
            let bits = (query: query.bits, text: text.bits)
            guard query.matches(text) else { continue }
            matches += 1
            #expect(bits.text.low & bits.query.low == bits.query.low)
            #expect(bits.text.high & bits.query.high == bits.query.high)
        }
        #expect(matches > 500)
    }

    /// Every prefix of every word is found, and the index has a word that starts with it.
    @Test func everyPrefixOfAWordIsFound() throws {
        let message = "NullPointerException: le café de l’Élysée 12345 größer Ångström e2e_utf8mb4"
        let text = Self.text(message)
        for word in message.split(whereSeparator: { !$0.isLetter && !$0.isNumber }) where word.count >= 3 {
            for length in 3...word.count {
                let query = try SearchQuery(String(word.prefix(length)))
                #expect(query.matches(text), "\(word.prefix(length))")
                let asked = try #require(query.indexedWords.first)
                #expect(text.indexedWords.contains { $0.bytes.starts(with: asked.bytes) })
            }
        }
    }
}

import Fingerprint
import Ingest
import Testing

@Suite struct WindowIDTests {
    @Test(arguments: [
        ("0:0:0", Int64(0)),
        ("1700000000000-0123456789abcdef:1:1700000000000", 1_700_000_000_000),
        ("abc-def:18446744073709551615:9223372036854775807", .max),
        ("-:1:2", 2),
    ])
    func names(text: String, opened: Int64) throws {
        let window = try #require(WindowID(text: text))
        #expect(window.text == text)
        #expect(window.description == text)
        #expect(window.openedMilliseconds == opened)
    }

    @Test(arguments: [
        "", ":", "::", "a", "a:1", "a:1:", "a::1", ":1:1", "a:1:1:", "a:1:1:1", ":a:1:1", "a:1:-1", "a:-1:1", "a:+1:1",
        "a:1:+1",
        "a:-0:1", "a:1:-0", "a:1:0x1", "a:1: 1", "a:1:1 ", " a:1:1", "A:1:1", "a_b:1:1", "ä:1:1", "a\u{0}:1:1",
        "a\n:1:1", "a:b:1",
        "a:1:b", "a:1.0:1", "a:1:1.0", "a:18446744073709551616:1", "a:1:9223372036854775808", "a:١:1", "a:1:１",
    ])
    func noNames(text: String) {
        #expect(WindowID(text: text) == nil)
    }

    @Test func aNameFitsItsColumn() {
        let longest = String(repeating: "a", count: WindowID.maxByteCount - 4) + ":1:1"
        #expect(longest.utf8.count == 96)
        #expect(WindowID(text: longest) != nil)
        #expect(WindowID(text: "a" + longest) == nil)
    }

    @Test func partsAreTheFirstNibble() throws {
        #expect(WindowPart.count == 16)
        #expect(WindowPart.all.map(\.index) == Array(0..<16))
        for index in [-1, 16, 17, .min, .max] { #expect(WindowPart(index: index) == nil) }
        for byte in UInt8.min ... .max {
            let bytes = [byte] + [UInt8](repeating: 0xFF, count: 31)
            let fingerprint = try #require(Fingerprint(bytes: bytes))
            let part = WindowPart(of: fingerprint)
            #expect(part.index == byte / 16)
            #expect(part == WindowPart(index: Int(byte / 16)))
            #expect(part == WindowPart.all[Int(byte / 16)])
        }
    }

    // MARK: - Cursors

    private static let hex = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff"

    @Test(arguments: ErrorQuery.Sort.allCases, [Int64(0), 1, -1, 1_700_000_000_000, .max, .min])
    func cursorsAreReadBack(sort: ErrorQuery.Sort, value: Int64) throws {
        let fingerprint = try #require(Fingerprint(hex: Self.hex))
        let cursor = ErrorCursor(sort: sort, value: value, fingerprint: fingerprint)
        #expect(cursor.text == "\(sort.rawValue).\(value).\(Self.hex)")
        #expect(ErrorCursor(text: cursor.text) == cursor)
    }

    @Test(arguments: [
        "", ".", "..", "count", "count.1", "count.1.", "count..\(hex)", ".1.\(hex)", "count.1.\(hex).",
        ".count.1.\(hex)",
        "Count.1.\(hex)", "status.1.\(hex)", "count.x.\(hex)", "count.1.0.\(hex)", "count.9223372036854775808.\(hex)",
        "count.1.\(hex.dropLast())", "count.1.\(hex)0", "count.1.g\(hex.dropFirst())", "count 1 \(hex)",
        "count.1.\(hex)\n",
    ])
    func noCursors(text: String) {
        #expect(ErrorCursor(text: text) == nil)
    }
}

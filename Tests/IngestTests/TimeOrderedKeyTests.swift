import Fingerprint
import Ingest
import QueueCore
import Testing

struct TimeOrderedKeyTests {
    private static func key(_ milliseconds: Int64, _ tail: [UInt8]) -> TimeOrderedKey? {
        Digest16(bytes: tail + [UInt8](repeating: 0, count: 16 - tail.count))
            .map { TimeOrderedKey(atMilliseconds: milliseconds, digest: $0) }
    }

    @Test func bytesAreTimeThenDigest() throws {
        let digest = [UInt8](1...16)
        let key = try #require(Self.key(0x0102_0304_0506, digest))
        #expect(key.bytes == [1, 2, 3, 4, 5, 6] + digest.prefix(10))
        #expect(key.milliseconds == 0x0102_0304_0506)
        #expect(TimeOrderedKey(bytes: key.bytes) == key)
        #expect(TimeOrderedKey(bytes: key.bytes.dropLast()) == nil)
        #expect(TimeOrderedKey(bytes: key.bytes + [0]) == nil)
    }

    @Test(arguments: [
        (Int64(-1), Int64(0)), (.min, 0), (0, 0), (0xFFFF_FFFF_FFFF, 0xFFFF_FFFF_FFFF), (.max, 0xFFFF_FFFF_FFFF),
    ])
    func timesThatDoNotFitAreHeldAtTheEdge(milliseconds: Int64, kept: Int64) {
        #expect(Self.key(milliseconds, [])?.milliseconds == kept)
    }

    /// As MySQL compares BINARY(16).
    @Test func orderIsThatOfTheBytes() {
        var random = SeededRandom(seed: 3)
        var keys: [TimeOrderedKey] = []
        for _ in 0..<500 {
            let tail = (0..<10).map { _ in UInt8.random(in: 0...255, using: &random) }
            if let key = Self.key(.random(in: 0...3, using: &random) << 40, tail) { keys.append(key) }
        }
        let byBytes = keys.sorted { $0.bytes.lexicographicallyPrecedes($1.bytes) }
        #expect(keys.sorted() == byBytes)
    }

    @Test func cursorText() throws {
        let key = try #require(Self.key(0x00A1_FFFF_0000, [0xAB]))
        #expect(key.text == "00a1ffff0000ab000000000000000000")
        #expect(TimeOrderedKey(text: key.text) == key)
        for text in [
            "", "00", key.text + "0", key.text.uppercased(), String(repeating: "g", count: 32),
            "+0a1ffff0000ab000000000000000000",
            "00a1ffff0000ab00+000000000000000", "-0a1ffff0000ab000000000000000000",
        ] {
            #expect(TimeOrderedKey(text: text) == nil, "\(text)")
        }
    }

    /// History stays in order within a millisecond and when a clock goes back.
    @Test func followingAlwaysFollows() {
        var last = TimeOrderedKey.following(nil, atMilliseconds: 1_000)
        #expect(last.milliseconds == 1_000)
        for time in [1_000, 1_000, 999, 5, 1_001, 1_001, 1_000] as [Int64] {
            let next = TimeOrderedKey.following(last, atMilliseconds: time)
            #expect(next > last)
            #expect(next.milliseconds == max(time, last.milliseconds))
            last = next
        }
        let full = TimeOrderedKey(bytes: [0, 0, 0, 0, 0, 1, 0, 0] + [UInt8](repeating: 255, count: 8))
        #expect(
            TimeOrderedKey.following(full, atMilliseconds: 1).bytes == [0, 0, 0, 0, 0, 1, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0])
        #expect(Set((0..<100).map { _ in TimeOrderedKey.following(nil, atMilliseconds: 1) }).count == 100)
    }
}

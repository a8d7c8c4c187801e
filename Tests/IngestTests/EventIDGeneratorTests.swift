import Ingest
import QueueCore
import Testing

struct EventIDGeneratorTests {
    private func next(_ generator: inout EventIDGenerator, at now: Int64) -> String {
        var output: [UInt8] = []
        generator.appendNext(atMilliseconds: now, to: &output)
        return String(decoding: output, as: UTF8.self)
    }

    @Test func hasTheFormOfAUUIDVersion7() {
        var generator = EventIDGenerator()
        for _ in 0..<1000 {
            let id = next(&generator, at: 0x0123_4567_89AB)
            #expect(id.wholeMatch(of: /01234567-89a[bc]-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}/) != nil, "\(id)")
        }
    }

    /// Written down when the digits were still made one by one.
    @Test func writesEachDigitInItsPlace() {
        var generator = EventIDGenerator(seed: (1, 2))
        let ids = (0..<3).map { _ in next(&generator, at: 0x0123_4567_89AB) }
        #expect(
            ids == [
                "01234567-89ab-74da-aee1-85827655f09e", "01234567-89ab-74db-b705-ddbf6fddd3dc",
                "01234567-89ab-74dc-adab-eb861650715b",
            ])
    }

    @Test func sortsAsMadeWithinAMillisecondAndWhenTheClockGoesBack() {
        var generator = EventIDGenerator()
        var random = SeededRandom(seed: 3)
        var now: Int64 = 1_700_000_000_000
        var last = ""
        for _ in 0..<50_000 {
            switch Int.random(in: 0..<100, using: &random) {
            case 0: now -= 3
            case 1: now += 5
            default: break
            }
            let id = next(&generator, at: now)
            #expect(id > last)
            last = id
        }
    }

    @Test func goesOnIntoTheNextMillisecondWhenOneIsFull() {
        var generator = EventIDGenerator()
        let ids = Set((0..<10_000).map { _ in next(&generator, at: 1000) })
        #expect(ids.count == 10_000)
        // 4,096 fit into a millisecond; the first one starts somewhere in its first half.
        #expect(Set(ids.map { $0.prefix(13) }) == ["00000000-03e8", "00000000-03e9", "00000000-03ea"])
    }

    @Test func differsFromGeneratorToGenerator() {
        let ids = (0..<1000).map { _ -> String in
            var generator = EventIDGenerator()
            return String(next(&generator, at: 1000).suffix(17))
        }
        #expect(Set(ids).count == 1000)
    }

    @Test func spreadsItsBits() {
        var generator = EventIDGenerator()
        var ones = [Int](repeating: 0, count: 48)
        for _ in 0..<4000 {
            let node = UInt64(next(&generator, at: 1000).suffix(12), radix: 16) ?? 0
            for bit in 0..<48 where node >> UInt64(bit) & 1 == 1 { ones[bit] += 1 }
        }
        // Six standard deviations around the half.
        for count in ones { #expect(abs(count - 2000) < 190) }
    }
}

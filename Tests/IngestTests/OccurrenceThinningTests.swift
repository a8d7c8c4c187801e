import Fingerprint
import Ingest
import QueueCore
import Testing

/// Which samples of an error stay. Times in these tests are milliseconds.
struct OccurrenceThinningTests {
    /// `tail` tells keys of one millisecond apart.
    private static func key(_ milliseconds: Int64, tail: UInt8 = 0) -> TimeOrderedKey {
        guard let digest = Digest16(bytes: [UInt8](repeating: tail, count: 16)) else { preconditionFailure("16 bytes") }
        return TimeOrderedKey(atMilliseconds: milliseconds, digest: digest)
    }

    /// Adds one key at a time and thins after each, as the worker does.
    private static func kept(_ times: some Sequence<Int64>, by thinning: OccurrenceThinning) -> [Int64] {
        var keys: [TimeOrderedKey] = []
        for time in times {
            keys.append(key(time))
            keys.sort()
            let surplus = Set(thinning.surplus(of: keys))
            keys.removeAll { surplus.contains($0) }
        }
        return keys.map(\.milliseconds)
    }

    @Test(arguments: [
        (0, [Int64](), [Int64]()),
        (0, [5], []),
        (0, [5, 9], []),
        (0, [5, 7, 9], [7]),
        // The narrowest gap goes: 10 has neighbours 10 apart, the others 20 or more.
        (2, [0, 10, 10, 30, 50], [10]),
        // Among equals the earliest.
        (3, [0, 10, 20, 30, 40, 50], [10]),
        (1, [0, 10, 20, 30, 40], [10, 30]),
        // Never the first or the latest, however crowded the ends.
        (1, [0, 1, 2, 1_000, 1_001, 1_002], [1, 1_001, 2]),
        (20, Array(0...21), []),
    ])
    func table(inBetween: Int, times: [Int64], gone: [Int64]) {
        let keys = times.enumerated().map { Self.key($0.element, tail: UInt8($0.offset)) }
        let surplus = OccurrenceThinning(inBetween: inBetween).surplus(of: keys)
        #expect(surplus.map(\.milliseconds) == gone)
        #expect(Set(surplus).count == surplus.count)
        #expect(Set(surplus).isSubset(of: keys))
    }

    @Test(arguments: [0, 1, 2, 3, 20, 100])
    func firstAndLatestAlwaysStayAndTheBoundIsKept(inBetween: Int) {
        var random = SeededRandom(seed: UInt64(inBetween) + 1)
        let thinning = OccurrenceThinning(inBetween: inBetween)
        for _ in 0..<200 {
            let times = Set(
                (0..<Int.random(in: 0...150, using: &random)).map { _ in
                    Int64.random(in: 0...1_000, using: &random)
                }
            ).sorted()
            let keys = times.map { Self.key($0) }
            let surplus = thinning.surplus(of: keys)
            let kept = keys.filter { !surplus.contains($0) }
            #expect(kept.count == min(keys.count, inBetween + 2))
            #expect(kept.first == keys.first && kept.last == keys.last)
            #expect(thinning.surplus(of: kept).isEmpty)
            #expect(thinning.surplus(of: keys) == surplus)
        }
    }

    /// A stream as it comes, one sample a window, for a long time.
    @Test(arguments: [1, 5, 20, 99], [100, 1_000, 5_000])
    func aSteadyStreamStaysEvenlySpread(inBetween: Int, count: Int64) {
        let times = (0..<count).map { $0 * 30_000 }
        let kept = Self.kept(times, by: OccurrenceThinning(inBetween: inBetween))
        #expect(kept.count == min(Int(count), inBetween + 2))
        #expect(kept.first == 0 && kept.last == times.last)
        let even = Double(times.last ?? 0) / Double(kept.count - 1)
        let widest = zip(kept, kept.dropFirst()).map { $1 - $0 }.max() ?? 0
        #expect(Double(widest) <= max(2.2 * even, 60_000), "\(widest) of \(even)")
    }

    /// A burst does not push out what came before it, nor a quiet time what came after.
    @Test func burstsAndPausesKeepTheirShare() {
        let quiet = (0..<100).map { Int64($0) * 3_600_000 }
        let burst = (1...2_000).map { 360_000_000 + Int64($0) * 10 }
        let late = (1...100).map { 360_100_000 + Int64($0) * 3_600_000 }
        let kept = Self.kept(quiet + burst + late, by: OccurrenceThinning())
        #expect(kept.count == 22)
        #expect(kept.count { $0 < 360_000_000 } >= 8)
        #expect(kept.count { $0 > 360_100_000 } >= 8)
    }

    /// Late arrivals, and the same set in any order, obey the same bound.
    @Test func outOfOrder() {
        var random = SeededRandom(seed: 7)
        let times = (0..<400).map { Int64($0) * 1_000 }
        for _ in 0..<20 {
            let kept = Self.kept(times.shuffled(using: &random), by: OccurrenceThinning(inBetween: 10))
            #expect(kept.count == 12)
            #expect(kept.first == 0 && kept.last == 399_000)
        }
    }

    @Test func aNegativeLimitIsNone() {
        #expect(OccurrenceThinning(inBetween: -1).capacity == 2)
    }
}

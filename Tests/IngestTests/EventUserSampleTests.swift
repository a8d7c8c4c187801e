import Ingest
import QueueCore
import Testing

struct EventUserSampleTests {
    @Test(arguments: [0, 1, 65_535, 65_536] as [UInt64])
    func readsEverybodyWhileTheyAreFew(_ userDays: UInt64) {
        let sample = UserSample(userDays: userDays)
        #expect(sample == .everybody)
        #expect(sample.isEverybody && sample.keyBound == nil && sample.fraction == 1)
        #expect(sample.count(distinct: 12_345) == UserCount(exactly: 12_345))
        #expect(sample.count(distinct: 0) == UserCount(exactly: 0))
    }

    @Test(arguments: [
        // Users on all days, the first bytes of the bound, the fraction.
        (65_537 as UInt64, [0xFF, 0xFF, 0x00, 0x00] as [UInt8], 65_536.0 / 65_537),
        (131_072, [0x80, 0, 0, 0], 0.5), (262_144, [0x40, 0, 0, 0], 0.25), (6_553_600, [0x02, 0x8F, 0x5C, 0x28], 0.01),
        (1 << 32, [0, 1, 0, 0], 0x1p-16),
    ])
    func readsAPartOfMany(_ userDays: UInt64, bound: [UInt8], fraction: Double) throws {
        let sample = UserSample(userDays: userDays)
        let keyBound = try #require(sample.keyBound)
        #expect(keyBound.count == 16)
        #expect(Array(keyBound.prefix(4)) == bound)
        #expect(abs(sample.fraction / fraction - 1) < 1e-12)
        #expect(!sample.isEverybody)
    }

    @Test func takesAnyNumber() {
        for userDays in [.max, .max - 1, 1 << 63] as [UInt64] {
            let sample = UserSample(userDays: userDays)
            #expect(sample.fraction > 0 && sample.keyBound != nil)
            #expect(sample.count(distinct: .max).users == .max)
        }
    }

    @Test func givesAnEstimateWithItsError() throws {
        let half = UserSample(userDays: 131_072)
        #expect(half.count(distinct: 50) == UserCount(users: 100, standardError: 0.1))
        let hundredth = UserSample(userDays: 6_553_600).count(distinct: 9_900)
        #expect(hundredth.users == 990_000)
        #expect(abs(try #require(hundredth.standardError) - 0.01) < 1e-12)
        #expect(half.count(distinct: 0) == UserCount(users: 0, standardError: 1))
    }

    /// Keys as digests are: the truth is where the error says.
    @Test func estimatesWithinItsError() throws {
        let (users, days) = (100_000, 4)
        let sample = UserSample(userDays: UInt64(users * days))
        let bound = try #require(sample.keyBound)
        var deviations: [Double] = []
        for seed in 0..<UInt64(40) {
            var generator = SeededRandom(seed: seed)
            let read = (0..<users).count { _ in
                let key = generator.next()
                return withUnsafeBytes(of: key.bigEndian) { $0.lexicographicallyPrecedes(bound) }
            }
            #expect(read * days < UserSample.maxRows + 4 * 256 * days)
            let count = sample.count(distinct: UInt64(read))
            let error = try #require(count.standardError)
            deviations.append((Double(count.users) / Double(users) - 1) / error)
        }
        #expect(deviations.allSatisfy { abs($0) < 4 })
        // Standard deviations from the truth: their mean square is 1, give or take.
        let meanSquare = deviations.reduce(0) { $0 + $1 * $1 } / Double(deviations.count)
        #expect((0.4...1.8).contains(meanSquare))
    }
}

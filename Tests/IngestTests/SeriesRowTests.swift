import Fingerprint
import Ingest
import Testing

@Suite struct SeriesRowTests {
    private static let now: Int64 = 1_700_000_000_000
    private static let minute = UInt32(now / 60_000)

    /// An error with `minutes` of its last day.
    private static func count(_ number: Int, minutes: Int) -> WindowCount {
        var bytes = [UInt8](repeating: 0, count: 32)
        bytes[31] = UInt8(truncatingIfNeeded: number)
        guard let fingerprint = Fingerprint(bytes: bytes) else { preconditionFailure("32 bytes") }
        let slots = (0..<UInt32(minutes)).map { SeriesSlot(startMinute: minute - $0, count: 1 + $0) }
        return WindowCount(
            fingerprint: fingerprint,
            tally: Tally(
                count: UInt64(minutes), firstMilliseconds: now, lastMilliseconds: now, newestRelease: .none,
                otherReleasesMilliseconds: 0, slots: slots))
    }

    @Test(arguments: [1, 7, 500], [0, 1, 3, 100])
    func chunksHoldEveryRowInItsOrder(size: Int, minutes: Int) {
        let counts = (1...9).map { Self.count($0, minutes: minutes + $0) }
        let oldest = Self.now - 86_400_000
        var rows: [SeriesRow] = []
        var sizes: [Int] = []
        SeriesRow.inChunks(of: size, counts, minutesSince: oldest) { chunk in
            rows += chunk
            sizes.append(chunk.count)
        }
        #expect(rows == counts.flatMap { SeriesRow.rows(of: $0, minutesSince: oldest) })
        #expect(sizes.dropLast().allSatisfy { $0 == size })
        #expect((1...size).contains(sizes.last ?? 0))
    }

    /// A transaction waits for each chunk: it is there as soon as its rows can be made.
    @Test func aChunkDoesNotWaitForTheErrorsBehindIt() {
        var made = 0
        let counts = (1...100).lazy.map { number in
            made += 1
            return Self.count(number, minutes: 60)
        }
        var madeBefore: [Int] = []
        SeriesRow.inChunks(of: 50, counts, minutesSince: Self.now - 86_400_000) { _ in madeBefore.append(made) }
        #expect(madeBefore.first == 1)
        for (chunk, made) in madeBefore.enumerated() { #expect(made <= chunk + 1) }
        var none = 0
        SeriesRow.inChunks(of: 50, [], minutesSince: 0) { _ in none += 1 }
        #expect(none == 0)
    }
}

import Fingerprint
import Ingest
import Testing

/// A stored figure may be anything. What is added to it for an answer stops at the largest number; it does not trap.
@Suite struct LargestCountTests {
    private struct FullSeries: SeriesReader {
        let minute: UInt32

        func steps(
            of fingerprint: Fingerprint, by interval: SeriesInterval, in minutes: Range<UInt32>,
            ledger windows: [LedgerKey]
        ) async throws(StoreFailure) -> (steps: [UInt32: UInt64], applied: Set<LedgerKey>)? {
            ([minute: .max - 1], [])
        }
    }

    private static let now = receivedMilliseconds

    @Test func aTotal() async throws {
        let fingerprint = try #require(Fingerprint(bytes: [UInt8](repeating: 7, count: 32)))
        let stores = LiveStoresFake()
        stores.store(
            StoredError(
                fingerprint: fingerprint, count: .max - 1, firstSeenMilliseconds: Self.now,
                lastSeenMilliseconds: Self.now))
        stores.touch(fingerprint, at: Self.now, times: 5)
        #expect(try await stores.reader.detail(of: fingerprint)?.error.error.count == .max)
        #expect(try await stores.reader.list(ErrorQuery()).errors.map(\.count) == [.max])
    }

    @Test func aStepOfASeries() async throws {
        let fingerprint = try #require(Fingerprint(bytes: [UInt8](repeating: 7, count: 32)))
        let stores = LiveStoresFake()
        stores.touch(fingerprint, at: Self.now, times: 5)
        let reader = LiveSeriesReader(live: stores, reader: FullSeries(minute: UInt32(Self.now / 60_000)))
        let query = try #require(SeriesQuery(interval: .minute, since: nil, until: nil, now: Self.now))
        let series = try #require(try await reader.series(of: fingerprint, query, now: Self.now))
        #expect(series.counts.last == .max)
        #expect(series.counts.dropLast().allSatisfy { $0 == 0 })
    }
}

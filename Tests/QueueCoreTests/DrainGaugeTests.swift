import QueueCore
import Testing

@Suite struct DrainGaugeTests {
    private static let limits = QueueLimits(maxRecords: 1_000, maxBytes: 1_000_000)

    private func depth(_ records: Int, bytes: Int = 0) -> QueueDepth {
        QueueDepth(records: records, bytes: bytes, oldestAgeMilliseconds: nil)
    }

    /// A full queue that has lost `rate` records in each of ten seconds.
    private func gauge(rate: Int64, records: Int = 1_000, bytes: Int = 0) -> DrainGauge {
        var gauge = DrainGauge(limits: Self.limits)
        for second in 0...10 {
            gauge.note(depth(records, bytes: bytes), acknowledged: Int64(second) * rate, at: .seconds(second))
        }
        return gauge
    }

    @Test func nothingIsKnownBeforeTwoReadings() {
        var gauge = DrainGauge(limits: Self.limits)
        #expect(gauge.reading == nil)
        #expect(gauge.retryAfterSeconds == 10)
        gauge.note(depth(1_000), acknowledged: 5_000, at: .zero)
        #expect(gauge.reading?.depth.records == 1_000)
        #expect(gauge.reading?.drainRate == nil)
        #expect(gauge.retryAfterSeconds == 10)
    }

    /// A tenth of the limit is to be free: 100 records.
    @Test(arguments: [(Int64(10), 10), (20, 5), (30, 4), (100, 1), (5_000, 1), (1, 60)])
    func aFullQueueAsksForTheTimeUntilATenthIsFree(rate: Int64, seconds: Int) {
        #expect(gauge(rate: rate).retryAfterSeconds == seconds)
    }

    @Test func aQueueWithRoomAsksForASecond() {
        #expect(gauge(rate: 10, records: 900).retryAfterSeconds == 1)
        #expect(gauge(rate: 10, records: 910).retryAfterSeconds == 1)
        #expect(gauge(rate: 10, records: 920).retryAfterSeconds == 2)
    }

    /// 100,000 bytes too many, at 10,000 bytes a record.
    @Test func bytesCountAsRecordsOfTheirMeanSize() {
        #expect(gauge(rate: 2, records: 100, bytes: 1_000_000).retryAfterSeconds == 5)
    }

    @Test func aStoreThatStandsStillMakesTheWaitGrowToItsLimit() {
        var gauge = gauge(rate: 100)
        var waits: [Int] = []
        for second in 11...40 {
            gauge.note(depth(1_000), acknowledged: 1_000, at: .seconds(second))
            waits.append(gauge.retryAfterSeconds)
        }
        let growing = waits.prefix { $0 < 60 }
        #expect(growing.count > 5 && zip(growing, growing.dropFirst()).allSatisfy { $0 <= $1 })
        #expect(waits.contains(60))
    }

    @Test func aFailedReadingForgetsAndARestartedCounterIsNoRate() {
        var gauge = gauge(rate: 100)
        gauge.noteFailure()
        #expect(gauge.reading == nil)
        #expect(gauge.retryAfterSeconds == 10)
        gauge.note(depth(1_000), acknowledged: 7, at: .seconds(11))
        #expect(gauge.reading?.drainRate == nil)
        gauge.note(depth(1_000), acknowledged: 3, at: .seconds(12))
        #expect(gauge.reading?.drainRate == nil)
        gauge.note(depth(1_000), acknowledged: 13, at: .seconds(13))
        #expect(gauge.reading?.drainRate == 10)
    }
}

import Ingest
import Testing

@Suite struct SeriesQueryTests {
    /// 2023-11-14T22:13:20Z.
    private static let now: Int64 = 1_700_000_000_000
    private static let minuteNow = UInt32(now / 60_000)

    @Test func withoutLimitsTheLastHourOrDayUpToNow() throws {
        let minutes = try #require(SeriesQuery(interval: .minute, since: nil, until: nil, now: Self.now)).minutes
        #expect(minutes == Self.minuteNow - 59..<Self.minuteNow + 1)
        let hours = try #require(SeriesQuery(interval: .hour, since: nil, until: nil, now: Self.now)).minutes
        #expect(hours.count == 24 * 60)
        #expect(hours.contains(Self.minuteNow))
        #expect(hours.lowerBound.isMultiple(of: 60) && hours.upperBound.isMultiple(of: 60))
    }

    @Test(arguments: SeriesInterval.allCases, [Int64.min, -1, 0, 1_600_000_000_000, .max])
    func theRangeIsNeverLongerThanWhatIsKept(interval: SeriesInterval, bound: Int64) throws {
        for until in [nil, bound, Int64.max] {
            guard let query = SeriesQuery(interval: interval, since: bound, until: until, now: Self.now) else {
                continue
            }
            #expect(query.minutes.count <= Int(interval.keptMinutes) + 4 * 60)
            #expect(!query.minutes.isEmpty)
        }
    }

    @Test func nothingLiesBetweenALaterStartAndAnEarlierEnd() {
        #expect(SeriesQuery(interval: .hour, since: Self.now, until: Self.now - 86_400_000, now: Self.now) == nil)
    }
}

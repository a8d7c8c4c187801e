public import Fingerprint

/// One row of `error_series`.
public struct SeriesRow: Sendable, Hashable {
    public var fingerprint: Fingerprint
    public var interval: SeriesInterval
    /// Minutes since 1970, a multiple of the interval's width.
    public var startMinute: UInt32
    public var count: UInt64

    /// What one window adds, in the order of the primary key. Minutes that started before `milliseconds` (Unix) are counted by the
    /// hour alone: nobody can ask for them any more.
    public static func rows(of count: WindowCount, minutesSince milliseconds: Int64) -> [SeriesRow] {
        SeriesInterval.allCases.flatMap { interval -> [SeriesRow] in
            steps(of: count.tally, by: interval, since: milliseconds)
                .map {
                    SeriesRow(
                        fingerprint: count.fingerprint, interval: interval, startMinute: $0.key, count: $0.value)
                }
                .sorted { $0.startMinute < $1.startMinute }
        }
    }

    /// Occurrences by the start of their step, minutes since 1970.
    static func steps(of tally: Tally, by interval: SeriesInterval, since milliseconds: Int64) -> [UInt32: UInt64] {
        var steps: [UInt32: UInt64] = [:]
        tally.forEachSlot { slot in
            switch interval {
            case .minute:
                if Int64(slot.startMinute) * 60_000 >= milliseconds {
                    steps[slot.startMinute, default: 0] += UInt64(slot.count)
                }
            case .hour: steps[slot.hourStartMinute, default: 0] += UInt64(slot.count)
            }
        }
        return steps
    }
}

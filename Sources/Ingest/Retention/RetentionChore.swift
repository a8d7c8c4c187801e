/// One kind of row that goes when it is old. The raw value is its label in metrics.
public enum RetentionChore: String, Sendable, CaseIterable {
    /// Errors not seen for long, with all that belongs to them: details, occurrences, counts over time, changes of status, words.
    case errors
    /// Samples between an error's first and latest one.
    case occurrences
    /// Counts by minute.
    case minuteSeries = "minute_series"
    /// Counts by hour.
    case hourSeries = "hour_series"
    /// Which windows were applied.
    case ledger = "sync_ledger"
    /// Records that could not be stored and that nobody has replayed.
    case deadLetters = "dead_letters"
    /// Records that were replayed and stored.
    case replayedLetters = "replayed_letters"
    /// Names of projects, services, environments and releases no error bears any more.
    case facets
    /// Summary rows of errors that went.
    case forgottenErrors = "forgotten_errors"
    /// Counts of events by minute.
    case eventMinutes = "event_minutes"
    /// Counts of events, of views of each path, and who was seen, by day and quarter hour; what is counted for all time stays.
    case eventStats = "event_stats"
    /// Not rows but room for them: the days to come get partitions of their own.
    case eventPartitions = "event_partitions"
    /// Events, by whole days of receipt.
    case events = "events"

    /// Whether it changes a table as a whole, for which it has to wait until nobody is using it; that may fail while all else goes well.
    public var changesTable: Bool { self == .eventPartitions || self == .events }
}

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
}

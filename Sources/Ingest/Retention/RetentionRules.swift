/// How long each kind of row is kept. Whole days; a value out of range is brought to the nearest bound.
public struct RetentionRules: Sendable, Hashable {
    /// Reports may bear a time up to 30 days old, and may wait in the queue: with fewer days, an error could be deleted as an old one
    /// although it has just been reported.
    public static let minErrorDays = 35
    /// Counts by minute: the day that is read back, and an hour for late events and clocks that differ.
    public static let minuteSeries_ms: Int64 = 25 * 3_600_000
    /// Counts by hour.
    public static let hourSeries_ms: Int64 = 90 * millisecondsPerDay
    /// Ledger rows are kept this much longer than windows are applied: the clocks of the machines that name windows, write rows and
    /// delete them may differ, and jump.
    public static let ledgerMargin_ms: Int64 = millisecondsPerDay
    /// Counts by minute are of the last two days; those by quarter hour and day go no earlier.
    public static let minStatsDays = 2
    /// Summary rows of deleted errors, whatever their age.
    public static let maxForgottenErrors = 1_000_000
    /// Counts of events by minute: the day that is read back, and another for late events.
    public static let eventMinutes_ms: Int64 = 2 * millisecondsPerDay

    static let millisecondsPerDay: Int64 = 86_400_000

    public let errorDays: Int
    public let forgottenErrorDays: Int
    public let occurrenceDays: Int
    /// 0: for ever.
    public let deadLetterDays: Int
    public let replayedLetterDays: Int
    /// Days of receipt.
    public let eventDays: Int
    /// Days of counts of events, by their own time.
    public let statsDays: Int

    public init(
        errorDays: Int = 365,
        forgottenErrorDays: Int = 1_825,
        occurrenceDays: Int = 90,
        deadLetterDays: Int = 365,
        replayedLetterDays: Int = 30,
        eventDays: Int = 90,
        statsDays: Int = 800
    ) {
        self.errorDays = max(Self.minErrorDays, errorDays)
        self.forgottenErrorDays = max(1, forgottenErrorDays)
        self.occurrenceDays = max(1, occurrenceDays)
        self.deadLetterDays = max(0, deadLetterDays)
        self.replayedLetterDays = max(1, replayedLetterDays)
        self.eventDays = max(1, eventDays)
        self.statsDays = max(Self.minStatsDays, statsDays)
    }

    /// Rows of a chore from before this time go; nil when it has nothing to delete by these rules. Unix milliseconds.
    public func cutoff(of chore: RetentionChore, now: Int64) -> Int64? {
        switch chore {
        case .errors, .facets: now - Int64(errorDays) * Self.millisecondsPerDay
        case .occurrences: now - Int64(occurrenceDays) * Self.millisecondsPerDay
        case .minuteSeries: now - Self.minuteSeries_ms
        case .hourSeries: now - Self.hourSeries_ms
        case .ledger: now - LedgerRetention.milliseconds - Self.ledgerMargin_ms
        case .deadLetters: deadLetterDays == 0 ? nil : now - Int64(deadLetterDays) * Self.millisecondsPerDay
        case .replayedLetters: now - Int64(replayedLetterDays) * Self.millisecondsPerDay
        case .forgottenErrors: now - Int64(forgottenErrorDays) * Self.millisecondsPerDay
        case .eventMinutes: now - Self.eventMinutes_ms
        case .eventStats: now - Int64(statsDays) * Self.millisecondsPerDay
        // Today, from which on there are to be partitions.
        case .eventPartitions: now
        case .events: now - Int64(eventDays) * Self.millisecondsPerDay
        }
    }
}

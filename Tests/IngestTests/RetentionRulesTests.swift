import Ingest
import Testing

@Suite struct RetentionRulesTests {
    private static let day: Int64 = 86_400_000
    private static let now: Int64 = 1_800_000_000_000

    @Test(arguments: [
        (RetentionChore.errors, 365 * day), (.facets, 365 * day), (.forgottenErrors, 1_825 * day),
        (.occurrences, 90 * day), (.minuteSeries, 25 * 3_600_000), (.hourSeries, 90 * day), (.ledger, 91 * day),
        (.deadLetters, 365 * day), (.replayedLetters, 30 * day),
    ])
    func everyKindOfRowHasItsTime(chore: RetentionChore, age: Int64) {
        #expect(RetentionRules().cutoff(of: chore, now: Self.now) == Self.now - age)
    }

    @Test func valuesOutOfRangeAreBroughtToTheBound() {
        let rules = RetentionRules(
            errorDays: 1, forgottenErrorDays: 0, occurrenceDays: -1, deadLetterDays: 0, replayedLetterDays: 0)
        #expect(rules.cutoff(of: .errors, now: Self.now) == Self.now - 35 * Self.day)
        #expect(rules.cutoff(of: .forgottenErrors, now: Self.now) == Self.now - Self.day)
        #expect(rules.cutoff(of: .occurrences, now: Self.now) == Self.now - Self.day)
        #expect(rules.cutoff(of: .deadLetters, now: Self.now) == nil)
        #expect(rules.cutoff(of: .replayedLetters, now: Self.now) == Self.now - Self.day)
    }

    /// A window may be applied until its ledger row may go: the row has to outlive the window.
    @Test func aLedgerRowOutlivesItsWindow() throws {
        let cutoff = try #require(RetentionRules().cutoff(of: .ledger, now: Self.now))
        #expect(cutoff < Self.now - LedgerRetention.milliseconds)
    }

    /// The oldest time a report may bear.
    @Test func anErrorReportedNowIsNeverOld() throws {
        let cutoff = try #require(RetentionRules(errorDays: 0).cutoff(of: .errors, now: Self.now))
        #expect(cutoff < Self.now - 30 * Self.day)
    }
}

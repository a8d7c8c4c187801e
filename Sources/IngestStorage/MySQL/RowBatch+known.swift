import MySQLClient
import QueueCore

extension RowBatch {
    /// ER_DUP_ENTRY: the row is there already.
    private static let duplicateEntry: UInt32 = 1062

    /// Executes an INSERT IGNORE over the rows, and makes sure that it left out nothing but rows that are there already.
    ///
    /// IGNORE turns every error into a warning: too long, out of range, no JSON.
    /// - Returns: how many rows were inserted.
    /// - Throws: what was ignored, as the failure it is.
    @discardableResult
    func insertUnknown(_ sql: MultiRowSQL, in session: MySQLSession) throws(WorkFailure) -> Int {
        var inserted = 0
        try execute(sql, in: session) { (outcome, rows) throws(WorkFailure) in
            try Self.check(outcome, rows, session)
            inserted += Int(clamping: outcome.affectedRows)
        }
        return inserted
    }

    private static func check(_ outcome: MySQLOutcome, _ rows: Int, _ session: MySQLSession) throws(WorkFailure) {
        let missing = rows - Int(clamping: outcome.affectedRows)
        if missing == 0 && outcome.warningCount == 0 { return }
        let warnings: [MySQLWarning]
        do throws(MySQLError) {
            warnings = try session.warnings()
        } catch {
            throw WorkFailure(mysql: error)
        }
        var duplicates = 0
        for warning in warnings {
            if warning.code == duplicateEntry {
                duplicates += 1
                continue
            }
            let (failureClass, isUnknown) = MySQLFailureClass.of(warning.code)
            throw WorkFailure(failureClass, code: Int(warning.code), message: warning.message, unknownCode: isUnknown)
        }
        guard duplicates == missing else {
            throw WorkFailure(
                .infrastructure, code: 0,
                message:
                    "\(rows) rows, \(outcome.affectedRows) inserted, \(duplicates) known: the rest was ignored without a word",
                unknownCode: true)
        }
    }
}

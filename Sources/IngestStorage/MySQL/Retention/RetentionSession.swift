import Ingest
import MySQLClient

/// What retention does on its connection; lives on the connection's thread.
struct RetentionSession {
    let session: MySQLSession
    private let maxForgottenErrors: Int

    init(_ session: MySQLSession, maxForgottenErrors: Int) {
        self.session = session
        self.maxForgottenErrors = maxForgottenErrors
    }

    /// - Returns: the server's clock, Unix milliseconds; nil when another process has the lock.
    func begin() throws(StoreFailure) -> Int64? {
        try run(RetentionStatements.lowerLockWait)
        let row = try run(RetentionStatements.takeTurn).rows.first
        guard let row, row.count == 2, row[0].int64 == 1 else { return nil }
        guard let now = row[1].dateTimeMilliseconds else {
            throw StoreFailure(.corrupt, "the server does not say what time it is")
        }
        return now
    }

    func delete(
        _ chore: RetentionChore, before cutoff: Int64, limit: Int, after position: RetentionPosition?
    ) throws(StoreFailure) -> RetentionStep {
        switch chore {
        case .errors: try deleteErrors(before: cutoff, limit: limit, after: position)
        case .occurrences: try deleteOccurrences(before: cutoff, limit: limit, after: position)
        case .minuteSeries: try deleteSeries(widthSeconds: 60, before: cutoff, limit: limit)
        case .hourSeries: try deleteSeries(widthSeconds: 3_600, before: cutoff, limit: limit)
        case .ledger:
            try deleteOld(
                "sync_ledger", limit: limit, RetentionStatements.deleteLedger, [.dateTime(milliseconds: cutoff)],
                oldest: RetentionStatements.oldestLedger)
        case .deadLetters: try deleteDeadLetters(before: cutoff, limit: limit)
        case .replayedLetters: try deleteLetters("replayed", before: cutoff, limit: limit)
        case .facets:
            // A value's day begins up to a day before it was seen.
            try deleteOld(
                "facets", limit: limit, RetentionStatements.deleteFacets,
                [.dateTime(milliseconds: cutoff - 86_400_000)], oldest: RetentionStatements.oldestFacet)
        case .forgottenErrors: try deleteForgotten(before: cutoff, limit: limit, after: position)
        case .eventMinutes:
            try deleteStats(EventRetentionStatements.minutes, before: cutoff, limit: limit, after: position)
        case .eventStats:
            try deleteStats(EventRetentionStatements.stats, before: cutoff, limit: limit, after: position)
        case .eventPartitions: try makePartitions(today: cutoff)
        case .events: try dropPartition(before: cutoff)
        }
    }

    /// A transaction that `body` leaves open is rolled back, whatever its failure was.
    func rollingBack<R>(_ body: () throws(StoreFailure) -> R) throws(StoreFailure) -> R {
        do throws(StoreFailure) {
            return try body()
        } catch {
            if !session.isBroken, session.isInTransaction { try? session.rollback() }
            throw error
        }
    }

    // MARK: - By age alone

    /// One statement, which is a transaction of its own. Sync writes no minute this old any more, nor an hour, nor a ledger row.
    private func deleteOld(
        _ table: String, limit: Int, _ sql: String, _ values: [MySQLValue], oldest: String,
        _ oldestValues: [MySQLValue] = [],
        milliseconds: (MySQLValue) -> Int64? = \.dateTimeMilliseconds, key: [UInt8] = []
    ) throws(StoreFailure) -> RetentionStep {
        let gone = Int(clamping: try run(sql, values + [.int(Int64(limit))]).affectedRows)
        var next: RetentionPosition?
        if gone >= limit, let left = try run(oldest, oldestValues).rows.first?.first.flatMap(milliseconds) {
            next = RetentionPosition(milliseconds: left, key: key)
        }
        return RetentionStep(deleted: [table: gone], next: next)
    }

    private func deleteSeries(
        widthSeconds: Int64, before cutoff: Int64, limit: Int
    ) throws(StoreFailure) -> RetentionStep {
        // A slot begins at a whole minute; it goes when all of it is old.
        let firstKept = max(0, (cutoff - widthSeconds * 1_000) / 60_000)
        return try deleteOld(
            "error_series", limit: limit, RetentionStatements.deleteSeries,
            [.int(widthSeconds), .int(firstKept)], oldest: RetentionStatements.oldestSeries, [.int(widthSeconds)],
            milliseconds: { $0.int64.map { $0 * 60_000 } })
    }

    /// A replay that nobody finished is as old as a letter nobody replayed.
    private func deleteDeadLetters(before cutoff: Int64, limit: Int) throws(StoreFailure) -> RetentionStep {
        let dead = try deleteLetters("dead", before: cutoff, limit: limit)
        if dead.next != nil { return dead }
        let replaying = try deleteLetters("replaying", before: cutoff, limit: limit)
        return RetentionStep(
            deleted: dead.deleted.merging(replaying.deleted, uniquingKeysWith: +), next: replaying.next)
    }

    private func deleteLetters(
        _ state: String, before cutoff: Int64, limit: Int
    ) throws(StoreFailure) -> RetentionStep {
        try deleteOld(
            "dead_letters", limit: limit, RetentionStatements.deleteLetters,
            [.string(state), .dateTime(milliseconds: cutoff)], oldest: RetentionStatements.oldestLetter,
            [.string(state)])
    }

    /// The first step finds out what the number of rows asks for; those after it take that from the position.
    private func deleteForgotten(
        before cutoff: Int64, limit: Int, after position: RetentionPosition?
    ) throws(StoreFailure) -> RetentionStep {
        var bound = cutoff
        if let position {
            bound = max(bound, Int64(littleEndianBytes: position.key) ?? bound)
        } else if let tooMany = try run(RetentionStatements.newestTooMany, [.int(Int64(maxForgottenErrors))])
            .rows.first?.first?.dateTimeMilliseconds
        {
            // The row at the offset is the first one too many; of those of its moment none stays.
            bound = max(bound, tooMany + 1)
        }
        return try deleteOld(
            "forgotten_errors", limit: limit, RetentionStatements.deleteForgotten, [.dateTime(milliseconds: bound)],
            oldest: RetentionStatements.oldestForgotten, key: bound.littleEndianBytes)
    }

    // MARK: - Calls

    @discardableResult
    func run(_ sql: String, _ values: [MySQLValue] = []) throws(StoreFailure) -> MySQLOutcome {
        do throws(MySQLError) {
            return try session.execute(sql, values)
        } catch {
            throw StoreFailure(mysql: error)
        }
    }

    /// The statement over all `rows`, in its fixed sizes; `values` come after those of the rows.
    func run(
        _ sql: MultiRowSQL, _ rows: [MySQLValue], _ values: [MySQLValue] = [],
        _ body: (MySQLOutcome) throws(StoreFailure) -> Void
    ) throws(StoreFailure) {
        for range in MultiRowSQL.split(0..<rows.count) {
            try body(run(sql.text(rows: range.count), rows[range] + values))
        }
    }

    /// - Parameter keys: in the order of the primary key: who locks several rows does so in this order.
    /// - Returns: how many rows went.
    func run(_ sql: DeleteByKeys, _ keys: [[MySQLValue]]) throws(StoreFailure) -> Int {
        var gone = 0
        for range in MultiRowSQL.split(0..<keys.count) {
            gone += Int(clamping: try run(sql.text(rows: range.count), Array(keys[range].joined())).affectedRows)
        }
        return gone
    }

    func transaction<R>(_ body: () throws(StoreFailure) -> R) throws(StoreFailure) -> R {
        do throws(MySQLError) { try session.begin() } catch { throw StoreFailure(mysql: error) }
        let result = try body()
        do throws(MySQLError) { try session.commit() } catch { throw StoreFailure(mysql: error) }
        return result
    }
}

extension Int64 {
    fileprivate var littleEndianBytes: [UInt8] {
        (0..<8).map { UInt8(truncatingIfNeeded: self >> ($0 * 8)) }
    }

    fileprivate init?(littleEndianBytes bytes: [UInt8]) {
        guard bytes.count == 8 else { return nil }
        self = bytes.reversed().reduce(0) { $0 << 8 | Int64($1) }
    }
}

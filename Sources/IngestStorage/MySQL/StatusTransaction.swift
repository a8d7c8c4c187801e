import Fingerprint
import Ingest
import MySQLClient

/// The steps of one change of status inside its transaction.
struct StatusTransaction {
    let session: MySQLSession

    /// Locks the rows of the errors that exist, and reads what a change depends on; details are left out.
    /// - Parameter fingerprints: ascending, as every writer of several rows locks them.
    func lock(_ fingerprints: [Fingerprint]) throws(StoreFailure) -> [StoredError] {
        var errors: [StoredError] = []
        for range in MultiRowSQL.split(0..<fingerprints.count) {
            let rows = try run(StatusStatements.lock(rows: range.count), fingerprints[range].map(Self.key)).rows
            for row in rows { errors.append(try Self.error(row)) }
        }
        return errors
    }

    /// Writes the new values and the history.
    func write(_ transitions: [StatusTransition], at milliseconds: Int64) throws(StoreFailure) {
        // Few differ in more than the fingerprint: those seen with a time ahead of ours.
        var groups: [Values: [Fingerprint]] = [:]
        for transition in transitions { groups[Values(transition), default: []].append(transition.fingerprint) }
        for (values, fingerprints) in groups {
            for range in MultiRowSQL.split(0..<fingerprints.count) {
                try run(
                    StatusStatements.update(rows: range.count),
                    values.parameters + fingerprints[range].map(Self.key))
            }
        }
        try note(
            transitions.sorted { $0.fingerprint < $1.fingerprint }.map { ($0.fingerprint, $0.steps) }, at: milliseconds)
    }

    // MARK: - History

    /// Adds lines to the history, each after those that are there whatever the clock of their writer said, and forgets the oldest beyond
    /// `maxKept`.
    /// - Parameter changes: ascending, each error once; their rows in `errors` are locked.
    func note(
        _ changes: [(fingerprint: Fingerprint, steps: [StatusTransition.Step])], at milliseconds: Int64
    ) throws(StoreFailure) {
        let known = try newestChanges(of: changes.map(\.fingerprint))
        var rows: [[MySQLValue]] = []
        for change in changes {
            var key = known[change.fingerprint]?.newest
            for step in change.steps {
                let next = TimeOrderedKey.following(key, atMilliseconds: milliseconds)
                rows.append(Self.row(step, of: change.fingerprint, next))
                key = next
            }
        }
        for range in MultiRowSQL.split(0..<rows.count) {
            try run(Statements.insertStatusChanges.text(rows: range.count), Array(rows[range].joined()))
        }
        for change in changes {
            let count = (known[change.fingerprint]?.count ?? 0) + change.steps.count
            guard count > StatusHistoryPage.maxKept else { continue }
            try run(
                StatusStatements.forgetOldest,
                [Self.key(change.fingerprint), .int(Int64(count - StatusHistoryPage.maxKept))])
        }
    }

    private func newestChanges(
        of fingerprints: [Fingerprint]
    ) throws(StoreFailure) -> [Fingerprint: (count: Int, newest: TimeOrderedKey)] {
        var known: [Fingerprint: (count: Int, newest: TimeOrderedKey)] = [:]
        for range in MultiRowSQL.split(0..<fingerprints.count) {
            let sql = StatusStatements.newest.text(rows: range.count)
            for row in try run(sql, fingerprints[range].map(Self.key)).rows {
                guard let fingerprint = row[0].byteArray.flatMap(Fingerprint.init(bytes:)), let count = row[1].int64,
                    let newest = row[2].byteArray.flatMap(TimeOrderedKey.init(bytes:))
                else { throw Self.corrupt("status_changes") }
                known[fingerprint] = (Int(clamping: count), newest)
            }
        }
        return known
    }

    /// The values of `insert_status_changes.sql`.
    private static func row(
        _ step: StatusTransition.Step, of fingerprint: Fingerprint, _ change: TimeOrderedKey
    ) -> [MySQLValue] {
        [
            key(fingerprint), .bytes(change.bytes), .dateTime(milliseconds: change.milliseconds),
            .string(step.from.rawValue), .string(step.to.rawValue), .string(step.by),
            step.release.map(MySQLValue.string) ?? .null,
        ]
    }

    // MARK: - Rows

    /// What many errors of one change have in common.
    private struct Values: Hashable {
        let status: ErrorStatus
        let resolvedMilliseconds: Int64?
        let resolvedInRelease: String?

        init(_ transition: StatusTransition) {
            status = transition.status
            resolvedMilliseconds = transition.resolvedMilliseconds
            resolvedInRelease = transition.resolvedInRelease
        }

        var parameters: [MySQLValue] {
            [
                .string(status.rawValue), resolvedMilliseconds.map(MySQLValue.dateTime(milliseconds:)) ?? .null,
                resolvedInRelease.map(MySQLValue.string) ?? .null,
            ]
        }
    }

    /// A row of `lock_errors.sql`.
    private static func error(_ row: [MySQLValue]) throws(StoreFailure) -> StoredError {
        guard row.count == 7, let fingerprint = row[0].byteArray.flatMap(Fingerprint.init(bytes:)),
            let status = row[1].string.flatMap(ErrorStatus.init(rawValue:)), let count = row[4].uint64,
            let firstSeen = row[5].dateTimeMilliseconds, let lastSeen = row[6].dateTimeMilliseconds
        else { throw corrupt("errors") }
        var error = StoredError(
            fingerprint: fingerprint, status: status, count: count, firstSeenMilliseconds: firstSeen,
            lastSeenMilliseconds: lastSeen)
        error.resolvedMilliseconds = row[2].dateTimeMilliseconds
        error.resolvedInRelease = row[3].string
        return error
    }

    private static func key(_ fingerprint: Fingerprint) -> MySQLValue {
        .bytes(fingerprint.bytes)
    }

    private static func corrupt(_ table: String) -> StoreFailure {
        StoreFailure(.corrupt, "a row of \(table) has a shape no version of this service writes")
    }

    @discardableResult
    private func run(_ sql: String, _ values: [MySQLValue]) throws(StoreFailure) -> MySQLOutcome {
        do throws(MySQLError) {
            return try session.execute(sql, values)
        } catch {
            throw StoreFailure(mysql: error)
        }
    }
}

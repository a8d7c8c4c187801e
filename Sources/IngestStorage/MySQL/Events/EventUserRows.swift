import Fingerprint
import MySQLClient
import QueueCore

/// Writes which users were seen, inside the worker's transaction, and finds out who is new.
///
/// A row keeps the token of the batch that inserted it, also when it is changed later: each user is new to exactly one batch, whoever else
/// writes. What this process has lately committed is not written again: the rows of users who come all the time are not locked by every
/// batch.
struct EventUserRows {
    /// A row as it is written.
    struct Row: Hashable, Sendable {
        let site: [UInt8]
        let day: Int16
        let user: Digest16
        let seen: ClosedRange<UInt8>
    }

    let session: MySQLSession
    let token: UInt64
    let recent: RecentKeys<Row>
    /// Whether rows are told by the statement that writes them (MariaDB); else they are read after it.
    let isReturning: Bool

    /// - Parameter written: the rows that are stored once this transaction is committed are added.
    /// - Returns: the users that nobody had seen before on their day, and those that nobody had ever seen.
    func store(
        _ rollup: EventRollup, written: inout Set<Row>
    ) throws(WorkFailure) -> [EventRollup.UserDay] {
        let newToday = try upsert(rollup.users, rollup, &written)
        // Who was seen before on a day was seen before.
        let ever = Dictionary(newToday.map { ($0.ever, UInt8(0)...0) }, uniquingKeysWith: { one, _ in one })
        return newToday + (try upsert(ever, rollup, &written))
    }

    private func upsert(
        _ users: [EventRollup.UserDay: ClosedRange<UInt8>], _ rollup: EventRollup, _ written: inout Set<Row>
    ) throws(WorkFailure) -> [EventRollup.UserDay] {
        var keys: [Row: EventRollup.UserDay] = [:]
        keys.reserveCapacity(users.count)
        for (user, seen) in users {
            keys[Row(site: rollup.sites[user.site], day: user.day, user: user.user, seen: seen)] = user
        }
        let unknown = recent.unknown(Set(keys.keys))
        written.formUnion(unknown)
        // Sorted: writers that lock rows in the same order cannot deadlock.
        let rows = unknown.compactMap { row in keys[row].map { (row, $0) } }.sorted { $0.1 < $1.1 }
        var batch = RowBatch()
        for (row, _) in rows {
            batch.append { values in
                values.append(.bytes(row.site))
                values.append(.int(Int64(row.day)))
                values.append(.bytes(row.user.bytes))
                values.append(.uint(token))
                values.append(.uint(UInt64(row.seen.lowerBound)))
                values.append(.uint(UInt64(row.seen.upperBound)))
            }
        }
        let own = try isReturning ? upsertReturning(batch) : upsertAndRead(batch, rows.map(\.0))
        return zip(rows, own).filter(\.1).map(\.0.1)
    }

    /// - Returns: for each row, whether this statement has inserted it.
    private func upsertReturning(_ batch: RowBatch) throws(WorkFailure) -> [Bool] {
        var own: [Bool] = []
        own.reserveCapacity(batch.count)
        try batch.executeFilled(EventStatements.upsertUsersReturning, in: session, neutral: { $0 }) {
            (outcome, count, all) throws(WorkFailure) in
            // Told apart by their order alone: none may be missing.
            guard outcome.rows.count == all else {
                throw WorkFailure(
                    .infrastructure, code: 0,
                    message: "\(outcome.rows.count) rows came back of \(all) written into event_users",
                    unknownCode: true)
            }
            own.append(contentsOf: outcome.rows.prefix(count).map { $0.first?.uint64 == token })
        }
        return own
    }

    private func upsertAndRead(_ batch: RowBatch, _ rows: [Row]) throws(WorkFailure) -> [Bool] {
        try batch.executeFilled(EventStatements.upsertUsers, in: session) { $0 }
        var own: [Bool] = []
        own.reserveCapacity(rows.count)
        for (range, size) in MultiRowSQL.fill(0..<rows.count) {
            var values: [MySQLValue] = []
            values.reserveCapacity(size * 3 + 1)
            // Asked for twice, the last one is answered once.
            for index in range.lowerBound..<range.lowerBound + size {
                let row = rows[min(index, range.upperBound - 1)]
                values.append(.bytes(row.site))
                values.append(.int(Int64(row.day)))
                values.append(.bytes(row.user.bytes))
            }
            values.append(.uint(token))
            let found: Set<[MySQLValue]>
            do throws(MySQLError) {
                found = Set(try session.execute(EventStatements.ownUsers(rows: size), values).rows)
            } catch {
                throw WorkFailure(mysql: error)
            }
            own += range.map { index in
                let row = rows[index]
                return found.contains([.bytes(row.site), .int(Int64(row.day)), .bytes(row.user.bytes)])
            }
        }
        return own
    }
}

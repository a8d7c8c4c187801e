import Fingerprint
import MySQLClient
import QueueCore

/// Writes which users were seen, inside the worker's transaction, and finds out who is new.
///
/// A row keeps the token of the batch that inserted it, also when it is changed later: each user is new to exactly one batch, whoever else
/// writes. What this process has lately committed is not written again: the rows of users who come all the time are not locked by every
/// batch.
struct EventUserRows {
    /// What tells a row as it is written from every other, of any batch: cheap to hash.
    struct Row: Hashable, Sendable {
        let site: Digest16
        let user: Digest16
        /// The day, the first and the last quarter of an hour.
        let seen: UInt32

        init(_ user: EventRollup.UserSeen, _ sites: EventSites) {
            site = sites.digests[user.key.site]
            self.user = user.key.user
            let quarters = UInt32(user.quarters.lowerBound) << 8 | UInt32(user.quarters.upperBound)
            seen = UInt32(UInt16(bitPattern: user.key.day)) << 16 | quarters
        }
    }

    let session: MySQLSession
    let token: UInt64
    let recent: RecentKeys<Row>
    /// Whether rows are told by the statement that writes them (MariaDB); else they are read after it.
    let isReturning: Bool

    /// - Parameter written: the rows that are stored once this transaction is committed are added.
    /// - Returns: the users that nobody had seen before on their day, and those that nobody had ever seen.
    func store(_ rollup: EventRollup, written: inout [Row]) throws(WorkFailure) -> [EventRollup.UserDay] {
        let newToday = try upsert(rollup.users, rollup.sites, &written)
        // Who was seen before on a day was seen before.
        let ever = newToday.map { EventRollup.UserSeen(ever: $0.ever) }.merged()
        return newToday + (try upsert(ever, rollup.sites, &written))
    }

    /// - Parameter users: sorted: writers that lock rows in the same order cannot deadlock.
    private func upsert(
        _ users: [EventRollup.UserSeen], _ sites: EventSites, _ written: inout [Row]
    ) throws(WorkFailure) -> [EventRollup.UserDay] {
        let unknown = recent.unknown(among: users) { Row($0, sites) }
        written += unknown.map { Row($0, sites) }
        var batch = RowBatch()
        for user in unknown {
            batch.append { row in
                row.append(bytes: sites.ids[user.key.site])
                row.append(int: Int64(user.key.day))
                row.append(user.key.user)
                row.append(uint: token)
                row.append(uint: UInt64(user.quarters.lowerBound))
                row.append(uint: UInt64(user.quarters.upperBound))
            }
        }
        let keys = unknown.map(\.key)
        let own = try isReturning ? upsertReturning(batch) : upsertAndRead(batch, keys, sites)
        return zip(keys, own).filter(\.1).map(\.0)
    }

    /// - Returns: for each row, whether this statement has inserted it.
    private func upsertReturning(_ batch: RowBatch) throws(WorkFailure) -> [Bool] {
        var own: [Bool] = []
        own.reserveCapacity(batch.count)
        try batch.executeFilled(EventStatements.upsertUsersReturning, in: session) {
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

    private func upsertAndRead(
        _ batch: RowBatch, _ keys: [EventRollup.UserDay], _ sites: EventSites
    ) throws(WorkFailure) -> [Bool] {
        try batch.executeFilled(EventStatements.upsertUsers, in: session)
        func values(_ key: EventRollup.UserDay) -> [MySQLValue] {
            [.bytes(Array(sites.ids[key.site])), .int(Int64(key.day)), .bytes(key.user.bytes)]
        }
        var own: [Bool] = []
        own.reserveCapacity(keys.count)
        for (range, size) in MultiRowSQL.fill(0..<keys.count) {
            // Asked for twice, the last one is answered once.
            let asked = (range.lowerBound..<range.lowerBound + size).flatMap {
                values(keys[min($0, range.upperBound - 1)])
            }
            let found: Set<[MySQLValue]>
            do throws(MySQLError) {
                found = Set(try session.execute(EventStatements.ownUsers(rows: size), asked + [.uint(token)]).rows)
            } catch {
                throw WorkFailure(mysql: error)
            }
            own += keys[range].map { found.contains(values($0)) }
        }
        return own
    }
}

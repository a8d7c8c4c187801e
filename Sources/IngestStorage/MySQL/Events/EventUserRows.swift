import Fingerprint
import MySQLClient
import QueueCore

/// Writes which users were seen, inside the worker's transaction, and finds out who is new.
///
/// Looks first, without locks: most users of a batch are known, and only those that are not are inserted. Somebody else may insert one
/// in between; the token in the row tells whose it is, so each user is new to exactly one batch.
struct EventUserRows {
    private struct Row {
        let token: UInt64
        let seen: ClosedRange<UInt8>
    }

    let session: MySQLSession
    let token: UInt64

    /// - Returns: the users that nobody had seen before on their day, and those that nobody had ever seen.
    func store(_ rollup: EventRollup) throws(WorkFailure) -> [EventRollup.UserDay] {
        let seen = rollup.users.keys.sorted()
        var known: [EventRollup.UserDay: Row] = [:]
        let newToday = try insertNew(seen, rollup, known: &known)
        // Who was seen before on a day was seen before.
        let candidates = Set(newToday.map(\.ever)).sorted()
        var knownEver: [EventRollup.UserDay: Row] = [:]
        let newEver = try insertNew(candidates, rollup, known: &knownEver)
        var wider = RowBatch()
        for user in seen {
            guard let row = known[user], let seen = rollup.users[user] else { continue }
            if seen.lowerBound < row.seen.lowerBound || seen.upperBound > row.seen.upperBound {
                wider.append(self.row(user, rollup))
            }
        }
        try wider.executeFilled(EventStatements.widenUsers, in: session) { $0 }
        return newToday + newEver
    }

    /// - Parameters:
    ///   - users: sorted: writers that lock rows in the same order cannot deadlock.
    ///   - known: the rows of the others.
    private func insertNew(
        _ users: [EventRollup.UserDay], _ rollup: EventRollup, known: inout [EventRollup.UserDay: Row]
    ) throws(WorkFailure) -> [EventRollup.UserDay] {
        known = try rows(users, rollup)
        let unknown = users.filter { known[$0] == nil }
        var batch = RowBatch()
        for user in unknown { batch.append(row(user, rollup)) }
        if try batch.insertUnknown(EventStatements.insertUsers, in: session) == unknown.count { return unknown }
        let now = try rows(unknown, rollup)
        known.merge(now.filter { $0.value.token != token }) { _, new in new }
        return unknown.filter { now[$0]?.token == token }
    }

    private func row(_ user: EventRollup.UserDay, _ rollup: EventRollup) -> [MySQLValue] {
        let seen = rollup.users[user] ?? 0...0
        return [
            .bytes(rollup.sites[user.site]), .int(Int64(user.day)), .bytes(user.user.bytes), .uint(token),
            .uint(UInt64(seen.lowerBound)), .uint(UInt64(seen.upperBound)),
        ]
    }

    private func rows(
        _ users: [EventRollup.UserDay], _ rollup: EventRollup
    ) throws(WorkFailure) -> [EventRollup.UserDay: Row] {
        var sites: [[UInt8]: Int] = [:]
        for (index, site) in rollup.sites.enumerated() { sites[site] = index }
        var rows: [EventRollup.UserDay: Row] = [:]
        for (range, size) in MultiRowSQL.fill(0..<users.count) {
            var values: [MySQLValue] = []
            values.reserveCapacity(size * 3)
            // Asked for twice, the last one is answered once.
            for index in range.lowerBound..<range.lowerBound + size {
                let user = users[min(index, range.upperBound - 1)]
                values.append(.bytes(rollup.sites[user.site]))
                values.append(.int(Int64(user.day)))
                values.append(.bytes(user.user.bytes))
            }
            let outcome: MySQLOutcome
            do throws(MySQLError) {
                outcome = try session.execute(EventStatements.users(rows: size), values)
            } catch {
                throw WorkFailure(mysql: error)
            }
            for row in outcome.rows {
                guard let site = row[0].byteArray.flatMap({ sites[$0] }), let day = row[1].int64,
                    let user = row[2].byteArray.flatMap(Digest16.init(bytes:)), let token = row[3].uint64,
                    let first = row[4].uint64, let last = row[5].uint64, first <= last
                else {
                    throw WorkFailure(
                        .infrastructure, code: 0, message: "a row of event_users no version of this service writes")
                }
                rows[EventRollup.UserDay(site: site, day: Int16(clamping: day), user: user)] = Row(
                    token: token, seen: UInt8(clamping: first)...UInt8(clamping: last))
            }
        }
        return rows
    }
}

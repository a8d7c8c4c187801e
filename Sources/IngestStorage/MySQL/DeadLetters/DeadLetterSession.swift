import MySQLClient
import QueueCore

/// What is done with dead letters on one connection; lives on the connection's thread.
struct DeadLetterSession {
    /// A letter as ``lock(_:)`` finds it.
    struct Locked {
        var state: DeadLetterState
        var lastFailedMilliseconds: Int64
        var payloadByteCount: Int
    }

    let session: MySQLSession

    /// The letters that match, in the order of the list.
    func keys(
        _ filter: DeadLetterFilter, after cursor: DeadLetterCursor?, limit: Int
    ) throws(WorkFailure) -> [DeadLetterID] {
        guard filter.queue.map(Self.isName) ?? true else { return [] }
        let statement = DeadLetterStatements.keys(filter, after: cursor, limit: limit)
        return try run(statement.sql, statement.values).rows.map { (row) throws(WorkFailure) in try Self.id(row) }
    }

    func find(_ id: DeadLetterID) throws(WorkFailure) -> StoredDeadLetter? {
        guard Self.isName(id.queue) else { return nil }
        let row = try run(DeadLetterStatements.find, Self.values(of: id)).rows.first
        return try row.map { (row) throws(WorkFailure) in try StoredDeadLetter(row: row) }
    }

    /// In the order of `ids`; those that are gone are left out.
    func letters(_ ids: [DeadLetterID]) throws(WorkFailure) -> [StoredDeadLetter] {
        var found: [DeadLetterID: StoredDeadLetter] = [:]
        for row in try rows(DeadLetterStatements.rows, ids) {
            let letter = try StoredDeadLetter(row: row)
            found[letter.id] = letter
        }
        return ids.compactMap { found[$0] }
    }

    func waiting() throws(WorkFailure) -> [String: Int] {
        var waiting: [String: Int] = [:]
        for row in try run(DeadLetterStatements.countWaiting, []).rows {
            guard row.count == 2, let queue = row[0].string, let count = row[1].int64 else { throw .corruptDeadLetter }
            waiting[queue] = Int(clamping: count)
        }
        return waiting
    }

    func states(_ ids: [DeadLetterID]) throws(WorkFailure) -> [DeadLetterID: DeadLetterState] {
        var states: [DeadLetterID: DeadLetterState] = [:]
        for row in try rows(DeadLetterStatements.states, ids) { states[try Self.id(row)] = try Self.state(row[2]) }
        return states
    }

    func lock(_ ids: [DeadLetterID]) throws(WorkFailure) -> [DeadLetterID: Locked] {
        var locked: [DeadLetterID: Locked] = [:]
        for row in try rows(DeadLetterStatements.lock, ids) {
            guard row.count == 5, let failed = row[3].dateTimeMilliseconds, let count = row[4].int64 else {
                throw .corruptDeadLetter
            }
            locked[try Self.id(row)] = Locked(
                state: try Self.state(row[2]), lastFailedMilliseconds: failed, payloadByteCount: Int(clamping: count))
        }
        return locked
    }

    func payloads(_ ids: [DeadLetterID]) throws(WorkFailure) -> [DeadLetterID: [UInt8]] {
        var payloads: [DeadLetterID: [UInt8]] = [:]
        for row in try rows(DeadLetterStatements.payloads, ids) { payloads[try Self.id(row)] = row[2].byteArray ?? [] }
        return payloads
    }

    func beginReplay(_ ids: [DeadLetterID]) throws(WorkFailure) {
        _ = try change(DeadLetterStatements.beginReplay, ids)
    }

    func cancelReplay(_ ids: [DeadLetterID]) throws(WorkFailure) {
        _ = try change(DeadLetterStatements.cancelReplay, ids)
    }

    /// - Parameter state: a letter in another one stays; nil deletes whatever there is.
    /// - Returns: how many went.
    func delete(_ ids: [DeadLetterID], in state: DeadLetterState? = nil) throws(WorkFailure) -> Int {
        guard let state else { return try change(DeadLetterStatements.delete, ids) }
        return try change(DeadLetterStatements.deleteInState, ids, [.string(state.rawValue)])
    }

    // MARK: - Calls

    private func rows(_ sql: DeadLetterStatements.ByKeys, _ ids: [DeadLetterID]) throws(WorkFailure) -> [[MySQLValue]] {
        var rows: [[MySQLValue]] = []
        try each(ids, sql) { rows += $0.rows }
        return rows
    }

    private func change(
        _ sql: DeadLetterStatements.ByKeys, _ ids: [DeadLetterID], _ values: [MySQLValue] = []
    ) throws(WorkFailure) -> Int {
        var count = 0
        try each(ids, sql, values) { count += Int(clamping: $0.affectedRows) }
        return count
    }

    /// In the order of the primary key: who locks several rows does so in this order.
    private func each(
        _ ids: [DeadLetterID], _ sql: DeadLetterStatements.ByKeys, _ values: [MySQLValue] = [],
        _ body: (MySQLOutcome) -> Void
    ) throws(WorkFailure) {
        let sorted = ids.filter { Self.isName($0.queue) }.sorted { one, other in
            one.queue == other.queue ? one.key.lexicographicallyPrecedes(other.key) : one.queue < other.queue
        }
        for range in MultiRowSQL.split(0..<sorted.count) {
            body(try run(sql.text(rows: range.count), sorted[range].flatMap(Self.values) + values))
        }
    }

    private func run(_ sql: String, _ values: [MySQLValue]) throws(WorkFailure) -> MySQLOutcome {
        do throws(MySQLError) {
            return try session.execute(sql, values)
        } catch {
            throw WorkFailure(mysql: error)
        }
    }

    // MARK: - Values

    /// The column is ASCII, and the server refuses to compare it with anything else.
    private static func isName(_ queue: String) -> Bool {
        queue.utf8.allSatisfy { $0 < 0x80 }
    }

    private static func values(of id: DeadLetterID) -> [MySQLValue] {
        [.string(id.queue), .bytes(id.key)]
    }

    /// The first two columns of a row.
    fileprivate static func id(_ row: [MySQLValue]) throws(WorkFailure) -> DeadLetterID {
        guard row.count >= 2, let queue = row[0].string, let key = row[1].byteArray else { throw .corruptDeadLetter }
        return DeadLetterID(queue: queue, key: key)
    }

    fileprivate static func state(_ value: MySQLValue) throws(WorkFailure) -> DeadLetterState {
        guard let state = value.string.flatMap(DeadLetterState.init(rawValue:)) else { throw .corruptDeadLetter }
        return state
    }
}

extension StoredDeadLetter {
    /// A row of `select_dead_letters.sql`, or of `select_dead_letter.sql`, which has the payload.
    fileprivate init(row: [MySQLValue]) throws(WorkFailure) {
        guard row.count >= 10, let attempts = row[3].int64, let first = row[4].dateTimeMilliseconds,
            let last = row[5].dateTimeMilliseconds, let reason = row[6].string, let code = row[7].int64,
            let detail = row[8].string, let count = row[9].int64
        else { throw .corruptDeadLetter }
        self.init(
            id: try DeadLetterSession.id(row), state: try DeadLetterSession.state(row[2]),
            attempts: Int(clamping: attempts), firstFailedMilliseconds: first, lastFailedMilliseconds: last,
            reason: reason, code: Int(clamping: code), detail: detail, payloadByteCount: Int(clamping: count),
            payload: row.count > 10 ? row[10].byteArray : nil)
    }
}

extension WorkFailure {
    fileprivate static let corruptDeadLetter = WorkFailure(
        .configuration, code: 0, message: "a row of dead_letters has a shape no version of this service writes")
}

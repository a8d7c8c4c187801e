public import MySQLClient
public import QueueCore

/// Reads and administers `dead_letters`, of every queue.
public struct MySQLDeadLetterArchive: DeadLetterArchive {
    private static let deadlock = 1_213
    private static let attempts = 3

    private let pool: MySQLPool
    /// For what only reads.
    private let readPool: MySQLPool

    /// - Parameter pool: a change waits for row locks as long as the time limits of this pool allow.
    public init(pool: MySQLPool, readPool: MySQLPool) {
        self.pool = pool
        self.readPool = readPool
    }

    public func page(_ query: DeadLetterQuery) async throws(WorkFailure) -> DeadLetterPage {
        try await readPool.withSnapshot("list_dead_letters") { (connection) throws(WorkFailure) in
            let letters = DeadLetterSession(session: connection.session)
            // One more than asked for tells whether there is a next page.
            let ids = try letters.keys(query.filter, after: query.cursor, limit: query.limit + 1)
            let page = try letters.letters(Array(ids.prefix(query.limit)))
            return DeadLetterPage(letters: page, nextCursor: ids.count > query.limit ? page.last?.cursor : nil)
        }
    }

    /// Letters in state `dead` by queue, 100,000 in all at most; a queue without any is missing.
    public func waiting() async throws(WorkFailure) -> [String: Int] {
        try await readPool.withConnection("count_dead_letters") { (connection) throws(WorkFailure) in
            try DeadLetterSession(session: connection.session).waiting()
        }
    }

    public func find(_ id: DeadLetterID) async throws(WorkFailure) -> StoredDeadLetter? {
        try await readPool.withConnection("get_dead_letter") { (connection) throws(WorkFailure) in
            try DeadLetterSession(session: connection.session).find(id)
        }
    }

    public func states(of ids: [DeadLetterID]) async throws(WorkFailure) -> [DeadLetterID: DeadLetterState] {
        try await readPool.withConnection("get_dead_letter_states") { (connection) throws(WorkFailure) in
            try DeadLetterSession(session: connection.session).states(ids)
        }
    }

    public func discard(_ selection: DeadLetterSelection) async throws(WorkFailure) -> DiscardOutcome {
        try await change("discard_dead_letters") { (letters) throws(WorkFailure) in
            switch selection {
            case .letters(let ids):
                return DiscardOutcome(discarded: try letters.delete(ids), hasMore: false)
            case .matching(var filter, let cursor):
                let state = DeadLetterSelection.state(of: filter)
                filter.state = state
                let (ids, hasMore) = try Self.taken(filter, cursor, letters)
                return DiscardOutcome(discarded: try letters.delete(ids, in: state), hasMore: hasMore)
            }
        }
    }

    public func beginReplay(_ selection: DeadLetterSelection) async throws(WorkFailure) -> ReplayStart {
        try await change("begin_replay") { (letters) throws(WorkFailure) in
            switch selection {
            case .letters(let ids):
                return try Self.begin(ids, in: [.dead, .replaying], letters)
            case .matching(var filter, let cursor):
                let state = DeadLetterSelection.state(of: filter)
                // What is stored is stored.
                guard state != .replayed else { return ReplayStart(letters: []) }
                filter.state = state
                let (ids, hasMore) = try Self.taken(filter, cursor, letters)
                var start = try Self.begin(ids, in: [state], letters)
                start.hasMore = start.hasMore || hasMore
                // Nobody named them: what has changed between the list and the lock is not worth a word.
                (start.notFound, start.alreadyReplayed) = (0, 0)
                return start
            }
        }
    }

    public func cancelReplay(_ ids: [DeadLetterID]) async throws(WorkFailure) {
        try await change("cancel_replay") { (letters) throws(WorkFailure) in try letters.cancelReplay(ids) }
    }

    // MARK: - Steps

    private static func taken(
        _ filter: DeadLetterFilter, _ cursor: DeadLetterCursor?, _ letters: DeadLetterSession
    ) throws(WorkFailure) -> (ids: [DeadLetterID], hasMore: Bool) {
        let limit = DeadLetterSelection.maxLetters
        let ids = try letters.keys(filter, after: cursor, limit: limit + 1)
        return (Array(ids.prefix(limit)), ids.count > limit)
    }

    private static func begin(
        _ ids: [DeadLetterID], in states: Set<DeadLetterState>, _ letters: DeadLetterSession
    ) throws(WorkFailure) -> ReplayStart {
        let locked = try letters.lock(ids)
        var start = ReplayStart(letters: [])
        var taken: [(id: DeadLetterID, failed: Int64)] = []
        var bytes = 0
        for id in ids {
            guard let letter = locked[id] else {
                start.notFound += 1
                continue
            }
            guard states.contains(letter.state) else {
                start.alreadyReplayed += 1
                continue
            }
            bytes += letter.payloadByteCount
            guard taken.isEmpty || bytes <= DeadLetterSelection.maxPayloadBytes else {
                start.hasMore = true
                break
            }
            taken.append((id, letter.lastFailedMilliseconds))
        }
        try letters.beginReplay(taken.map(\.id))
        let payloads = try letters.payloads(taken.map(\.id))
        start.letters = taken.compactMap { id, failed in
            payloads[id].map { payload in
                ReplayStart.Letter(
                    id: id, record: QueueRecord(payload: payload),
                    cursor: DeadLetterCursor(lastFailedMilliseconds: failed, id: id))
            }
        }
        return start
    }

    /// Workers bury letters in the order of their records, so that a deadlock is possible, and rare.
    private func change<R: Sendable>(
        _ operation: String, _ body: @Sendable (DeadLetterSession) throws(WorkFailure) -> R
    ) async throws(WorkFailure) -> R {
        var attempt = 1
        while true {
            do throws(WorkFailure) {
                return try await pool.withTransaction(operation) { (connection) throws(WorkFailure) in
                    try body(DeadLetterSession(session: connection.session))
                }
            } catch {
                guard error.code == Self.deadlock, attempt < Self.attempts else { throw error }
                attempt += 1
            }
        }
    }
}

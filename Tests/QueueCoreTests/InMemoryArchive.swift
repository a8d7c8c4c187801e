import QueueCore
import Synchronization

/// Records and dead letters in memory: a worker stores and buries here, and who looks after the letters reads and changes them here. A
/// record is known by its payload.
final class InMemoryArchive: DeadLetterArchive, BatchStore {
    struct Kept: Sendable {
        /// How often each payload was offered in a committed transaction.
        var stored: [[UInt8]: Int] = [:]
        var letters: [DeadLetterID: StoredDeadLetter] = [:]
    }

    struct Transaction: BatchTransaction {
        var kept: Kept
        let now: Int64
        let refusal: @Sendable (QueueRecord) -> WorkFailure?

        mutating func store(_ records: ArraySlice<QueueRecord>) throws(WorkFailure) {
            for record in records {
                if let failure = refusal(record) { throw failure }
            }
            for record in records { kept.stored[record.payload, default: 0] += 1 }
        }

        mutating func bury(_ letters: [DeadLetter]) throws(WorkFailure) {
            for letter in letters {
                let id = DeadLetterID(queue: letter.queue, key: letter.replayKey ?? letter.record.payload)
                let known = kept.letters[id]
                kept.letters[id] = StoredDeadLetter(
                    id: id, state: .dead, attempts: (known?.attempts ?? 0) + letter.attempts,
                    firstFailedMilliseconds: known?.firstFailedMilliseconds ?? now, lastFailedMilliseconds: now,
                    reason: letter.reason, code: letter.code, detail: letter.detail,
                    payloadByteCount: letter.record.payload.count, payload: letter.record.payload)
            }
        }

        mutating func markReplayed(_ keys: [[UInt8]]) throws(WorkFailure) {
            for key in keys { kept.letters[DeadLetterID(queue: "errors", key: key)]?.state = .replayed }
        }
    }

    private struct State {
        var kept = Kept()
        var refusal: @Sendable (QueueRecord) -> WorkFailure? = { _ in nil }
        var failures: [WorkFailure] = []
        var failsCancel = false
    }

    private static let away = WorkFailure(.infrastructure, code: 2_013, message: "lost connection")

    private let state = Mutex(State())
    private let clock: any QueueClock

    init(clock: any QueueClock) {
        self.clock = clock
    }

    var stored: [[UInt8]: Int] { state.withLock { $0.kept.stored } }

    func letter(_ key: String) -> StoredDeadLetter? {
        state.withLock { $0.kept.letters[DeadLetterID(queue: "errors", key: Array(key.utf8))] }
    }

    var letterStates: [String: DeadLetterState] {
        let letters = state.withLock { $0.kept.letters }
        return Dictionary(
            uniqueKeysWithValues: letters.map { (String(decoding: $0.key.key, as: UTF8.self), $0.value.state) })
    }

    func refuse(_ refusal: @escaping @Sendable (QueueRecord) -> WorkFailure?) {
        state.withLock { $0.refusal = refusal }
    }

    /// The next `count` calls of the archive fail.
    func failNext(_ count: Int) {
        state.withLock { $0.failures = Array(repeating: Self.away, count: count) }
    }

    func failNextCancel() {
        state.withLock { $0.failsCancel = true }
    }

    /// Letters that were buried before the test, the first one failed last.
    func put(_ keys: [String], queue: String = "errors", state: DeadLetterState = .dead) {
        self.state.withLock { all in
            for (age, key) in keys.enumerated() {
                let id = DeadLetterID(queue: queue, key: Array(key.utf8))
                let failed = clock.unixMilliseconds - 1_000_000 - Int64(age)
                all.kept.letters[id] = StoredDeadLetter(
                    id: id, state: state, attempts: 1, firstFailedMilliseconds: failed, lastFailedMilliseconds: failed,
                    reason: DeadLetter.Reason.refused, code: 1_406, detail: "", payloadByteCount: id.key.count,
                    payload: id.key)
            }
        }
    }

    // MARK: - A worker's store

    func transaction<R: Sendable>(
        _ body: @Sendable (inout Transaction) throws(WorkFailure) -> R
    ) async throws(WorkFailure) -> R {
        let (kept, refusal) = state.withLock { ($0.kept, $0.refusal) }
        var transaction = Transaction(kept: kept, now: clock.unixMilliseconds, refusal: refusal)
        let result = try body(&transaction)
        state.withLock { $0.kept = transaction.kept }
        return result
    }

    // MARK: - An archive

    func page(_ query: DeadLetterQuery) async throws(WorkFailure) -> DeadLetterPage {
        let letters = matching(query.filter, after: query.cursor)
        let page = Array(letters.prefix(query.limit))
        return DeadLetterPage(letters: page, nextCursor: letters.count > query.limit ? page.last?.cursor : nil)
    }

    func find(_ id: DeadLetterID) async throws(WorkFailure) -> StoredDeadLetter? {
        state.withLock { $0.kept.letters[id] }
    }

    func discard(_ selection: DeadLetterSelection) async throws(WorkFailure) -> DiscardOutcome {
        let ids: [DeadLetterID]
        switch selection {
        case .letters(let named): ids = named
        case .matching(var filter, let cursor):
            filter.state = DeadLetterSelection.state(of: filter)
            ids = matching(filter, after: cursor).map(\.id)
        }
        let gone = state.withLock { state in
            ids.prefix(DeadLetterSelection.maxLetters).count { state.kept.letters.removeValue(forKey: $0) != nil }
        }
        return DiscardOutcome(discarded: gone, hasMore: ids.count > DeadLetterSelection.maxLetters)
    }

    func beginReplay(_ selection: DeadLetterSelection) async throws(WorkFailure) -> ReplayStart {
        try failIfAsked()
        var start = ReplayStart(letters: [])
        let letters: [StoredDeadLetter]
        switch selection {
        case .letters(let ids):
            let found = state.withLock { state in ids.compactMap { state.kept.letters[$0] } }
            letters = found.filter { $0.state != .replayed }
            start.notFound = ids.count - found.count
            start.alreadyReplayed = found.count - letters.count
        case .matching(var filter, let cursor):
            filter.state = DeadLetterSelection.state(of: filter)
            letters = matching(filter, after: cursor)
        }
        start.hasMore = letters.count > DeadLetterSelection.maxLetters
        start.letters = letters.prefix(DeadLetterSelection.maxLetters).map {
            ReplayStart.Letter(id: $0.id, record: QueueRecord(payload: $0.payload ?? []), cursor: $0.cursor)
        }
        let ids = start.letters.map(\.id)
        state.withLock { state in for id in ids { state.kept.letters[id]?.state = .replaying } }
        return start
    }

    func cancelReplay(_ ids: [DeadLetterID]) async throws(WorkFailure) {
        let fails = state.withLock { state in
            defer { state.failsCancel = false }
            return state.failsCancel
        }
        if fails { throw Self.away }
        state.withLock { state in
            for id in ids where state.kept.letters[id]?.state == .replaying { state.kept.letters[id]?.state = .dead }
        }
    }

    func states(of ids: [DeadLetterID]) async throws(WorkFailure) -> [DeadLetterID: DeadLetterState] {
        try failIfAsked()
        return state.withLock { state in
            var states: [DeadLetterID: DeadLetterState] = [:]
            for id in ids { states[id] = state.kept.letters[id]?.state }
            return states
        }
    }

    private func failIfAsked() throws(WorkFailure) {
        let failure = state.withLock { $0.failures.popLast() }
        if let failure { throw failure }
    }

    private func matching(_ filter: DeadLetterFilter, after cursor: DeadLetterCursor?) -> [StoredDeadLetter] {
        state.withLock { Array($0.kept.letters.values) }
            .filter { letter in
                (filter.queue ?? letter.id.queue) == letter.id.queue && (filter.state ?? letter.state) == letter.state
                    && (filter.reason ?? letter.reason) == letter.reason
                    && letter.lastFailedMilliseconds >= filter.sinceMilliseconds ?? .min
                    && letter.lastFailedMilliseconds < filter.untilMilliseconds ?? .max
            }
            .sorted { Self.place($0.cursor) > Self.place($1.cursor) }
            .filter { letter in cursor.map { Self.place(letter.cursor) < Self.place($0) } ?? true }
    }

    private static func place(_ cursor: DeadLetterCursor) -> (Int64, String, String) {
        (cursor.lastFailedMilliseconds, cursor.id.queue, cursor.id.hexKey)
    }
}

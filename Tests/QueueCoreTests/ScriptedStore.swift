import QueueCore
import Synchronization

/// A store that keeps records by payload, each once, and fails as it is told.
final class ScriptedStore: BatchStore {
    /// What happens to one transaction.
    enum Script: Sendable {
        case fine
        /// Before anything is done.
        case fails(WorkFailure)
        /// Everything is committed, and the answer is lost.
        case commitsButFails(WorkFailure)
        /// Takes this long, then is fine.
        case takes(Duration)
        /// After this many records, then is lost.
        case breaksAfter(records: Int, WorkFailure)
    }

    struct Kept: Sendable {
        /// How often each payload was newly stored; idempotent, so never more than once.
        var stored: [[UInt8]: Int] = [:]
        /// How often each payload was offered in a committed transaction.
        var offered: [[UInt8]: Int] = [:]
        var letters: [DeadLetter] = []
        var replayed: [[UInt8]] = []
    }

    struct Transaction: BatchTransaction {
        var kept: Kept
        var storeCalls = 0
        var breaksAfter: (records: Int, failure: WorkFailure)?
        let refusal: @Sendable (QueueRecord) -> WorkFailure?

        mutating func store(_ records: ArraySlice<QueueRecord>) throws(WorkFailure) {
            storeCalls += 1
            if let (limit, failure) = breaksAfter, kept.offered.count + records.count > limit {
                throw failure
            }
            for record in records {
                if let failure = refusal(record) {
                    throw failure
                }
            }
            for record in records {
                kept.offered[record.payload, default: 0] += 1
                kept.stored[record.payload] = 1
            }
        }

        mutating func bury(_ letters: [DeadLetter]) throws(WorkFailure) {
            kept.letters.append(contentsOf: letters)
        }

        mutating func markReplayed(_ keys: [[UInt8]]) throws(WorkFailure) {
            kept.replayed.append(contentsOf: keys)
        }
    }

    private struct State {
        var kept = Kept()
        var scripts: [Script] = []
        var standing = Script.fine
        var transactionCount = 0
        var storeCalls = 0
    }

    private let state = Mutex(State())
    private let clock: any QueueClock
    private let refusal: @Sendable (QueueRecord) -> WorkFailure?

    /// - Parameter refusal: why a record is refused whenever it is offered, nil for a good one.
    init(clock: any QueueClock, refusal: @escaping @Sendable (QueueRecord) -> WorkFailure? = { _ in nil }) {
        self.clock = clock
        self.refusal = refusal
    }

    var kept: Kept { state.withLock { $0.kept } }
    var storedCount: Int { kept.stored.count }
    /// How many transactions have begun.
    var transactionCount: Int { state.withLock { $0.transactionCount } }
    var storeCalls: Int { state.withLock { $0.storeCalls } }

    /// For the next transactions, one each.
    func script(_ scripts: [Script]) {
        state.withLock { $0.scripts = scripts }
    }

    /// For all transactions without a script of their own.
    func fromNowOn(_ script: Script) {
        state.withLock { $0.standing = script }
    }

    func transaction<R: Sendable>(
        _ body: @Sendable (inout Transaction) throws(WorkFailure) -> R
    ) async throws(WorkFailure) -> R {
        let script = state.withLock { state in
            state.transactionCount += 1
            return state.scripts.isEmpty ? state.standing : state.scripts.removeFirst()
        }
        var breaking: (records: Int, failure: WorkFailure)?
        switch script {
        case .fine, .commitsButFails: break
        case .fails(let failure): throw failure
        case .takes(let duration): try? await clock.sleep(for: duration)
        case .breaksAfter(let records, let failure): breaking = (records, failure)
        }
        var transaction = Transaction(kept: Kept(), breaksAfter: breaking, refusal: refusal)
        defer { state.withLock { $0.storeCalls += transaction.storeCalls } }
        let result = try body(&transaction)
        let news = transaction.kept
        state.withLock { state in
            state.kept.stored.merge(news.stored) { first, _ in first }
            state.kept.offered.merge(news.offered, uniquingKeysWith: +)
            state.kept.letters.append(contentsOf: news.letters)
            state.kept.replayed.append(contentsOf: news.replayed)
        }
        if case .commitsButFails(let failure) = script {
            throw failure
        }
        return result
    }
}

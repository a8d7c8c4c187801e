/// Follows the letters of a replay from the queue to their end. A plain value: it is told what the store says.
struct ReplayWatch {
    /// Whether a trial of the first letters allows to go on with the rest.
    enum Verdict: Hashable {
        case goOn, undecided, tooManyRefused
    }

    /// Letters whose end is not known yet, and whether they were surely queued.
    private var open: [DeadLetterID: Bool] = [:]
    private(set) var stored = 0
    private(set) var refusedAgain = 0
    private var gone = 0
    private var lost = 0

    /// - Parameter isQueued: false when the answer of the queue was lost.
    mutating func add(_ ids: some Sequence<DeadLetterID>, isQueued: Bool) {
        for id in ids { open[id] = isQueued }
    }

    /// Letters that are marked as replaying and surely not queued, since the mark could not be taken back.
    mutating func addLost(_ count: Int) {
        lost += count
    }

    var openIDs: [DeadLetterID] { Array(open.keys) }

    /// - Parameter states: of all of ``openIDs``; one that is missing is gone.
    mutating func note(_ states: [DeadLetterID: DeadLetterState]) {
        for id in openIDs {
            switch states[id] {
            case .replaying: continue
            case .replayed: stored += 1
            case .dead: refusedAgain += 1
            case nil: gone += 1
            }
            open[id] = nil
        }
    }

    /// Letters that are refused would stop the workers if they were many: they count for the breaker of each worker like any
    /// other record.
    func verdict(_ breaker: BuryBreaker) -> Verdict {
        if !open.isEmpty { return .undecided }
        if stored + refusedAgain == 0 || breaker.isHealthy(stored: stored, buried: refusedAgain) { return .goOn }
        return .tooManyRefused
    }

    /// Of those still open: queued for sure.
    var pending: Int { open.values.count { $0 } }
    var unknown: Int { open.count - pending + gone + lost }
}

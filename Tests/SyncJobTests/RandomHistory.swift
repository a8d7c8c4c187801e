import CoreMetrics
import Ingest
import Logging
import QueueCore
import SyncJob

/// One random run of two real sync jobs over the stores in memory: admissions, calls in any order, failures before and
/// after the fact, abandoned passes and roll-backs of the fast store; then everything heals and is drained. The same
/// seed, the same history.
struct RandomHistory {
    private let fast: FastStoreFake
    private let durable: DurableStoreFake
    private let turnstile = Turnstile()
    private let clock = ManualClock()
    private let jobs: [SyncJob]
    private var generator: SeededRandom
    private var running: Set<Int> = []
    private var tasks: [Int: Task<Void, Never>] = [:]
    private var nextOccurrence = 0
    private var rollBacks = 0

    init(seed: UInt64, defect: FastStoreFake.Defect? = nil, keepsLedger: Bool = true) {
        let (fast, durable) = (FastStoreFake(defect: defect), DurableStoreFake(keepsLedger: keepsLedger))
        let (turnstile, clock) = (turnstile, clock)
        self.fast = fast
        self.durable = durable
        generator = SeededRandom(seed: seed)
        jobs = (0..<2).map { id in
            let handedOut = HandedOut()
            return SyncJob(
                shards: [WindowStoreFake(id: id, store: fast, turnstile: turnstile, handedOut: handedOut)],
                counts: CountStoreFake(id: id, store: durable, turnstile: turnstile, handedOut: handedOut),
                clock: clock.syncClock,
                metricsFactory: NOOPMetricsHandler.instance,
                logger: Logger(label: "sync") { _ in SwiftLogNoOpLogHandler() }
            )
        }
    }

    /// What went wrong; empty when every occurrence is counted exactly once.
    mutating func violations(steps: Int) async -> [String] {
        for _ in 0..<steps {
            await turnstile.quiet()
            running.formIntersection(turnstile.parked)
            act()
        }
        return await drain()
    }

    private mutating func act() {
        switch Int.random(in: 0..<100, using: &generator) {
        case 0..<30:
            admit()
        case 30..<32 where rollBacks < 3:
            rollBacks += 1
            // Mostly to a moment not long ago: within the window in hand.
            let reach = generator.chance(70) ? min(12, fast.moments) : fast.moments
            fast.rollBack(to: fast.moments - Int.random(in: 1...reach, using: &generator))
        default:
            let id = Int.random(in: 0..<2, using: &generator)
            guard running.contains(id) else { return start(id) }
            let permits: [Turnstile.Permit] = [.failBefore, .failAfter, .failAfter, .misconfigured]
            turnstile.release(id, generator.chance(8) ? permits.randomElement(using: &generator)! : .proceed)
        }
    }

    /// A new connection each time; it recovers when it is refused.
    private mutating func admit() {
        let occurrence = Occurrence(
            id: nextOccurrence,
            fingerprint: Occurrence.fingerprint([0x00, 0x01, 0x10, 0xF0].randomElement(using: &generator)!),
            milliseconds: Int64.random(in: 1_000...9_000, using: &generator)
        )
        nextOccurrence += 1
        let token = fast.run
        if !fast.admit(occurrence, token: token) {
            fast.recover()
            _ = fast.admit(occurrence, token: token)
        }
    }

    private mutating func start(_ id: Int) {
        running.insert(id)
        turnstile.began()
        let (job, turnstile) = (jobs[id], turnstile)
        tasks[id] = Task {
            _ = await job.runOnce()
            turnstile.ended()
        }
    }

    private mutating func drain() async -> [String] {
        // Each pass ends after at most one failure from now on; the bound is far above what any history needs.
        for _ in 0..<20_000 {
            await turnstile.quiet()
            running.formIntersection(turnstile.parked)
            if let id = running.min() {
                turnstile.release(id, .proceed)
            } else if isDrained {
                for task in tasks.values { await task.value }
                return durable.violations + account()
            } else {
                start(0)
            }
        }
        return ["never drained"]
    }

    private var isDrained: Bool {
        let content = fast.content
        return content.sealed.isEmpty && content.windows[content.open]?.isEmpty != false
    }

    private func account() -> [String] {
        var violations: [String] = []
        let accepted = fast.accepted
        for occurrence in accepted where !durable.applied.contains(occurrence.id) {
            violations.append("occurrence \(occurrence.id) was lost")
        }
        let known = Set(accepted.map(\.id)).union(fast.erased)
        if !durable.applied.isSubset(of: known) { violations.append("something was counted that was never accepted") }
        for count in Occurrence.counts(accepted) {
            guard let total = durable.totals[count.fingerprint] else { continue }
            if total.first > count.firstSeenMilliseconds || total.last < count.lastSeenMilliseconds
                || total.count < count.count
            {
                violations.append("the totals of \(count.fingerprint) do not hold what was accepted")
            }
        }
        let sum = durable.totals.values.reduce(0) { $0 + $1.count }
        if sum != durable.applied.count { violations.append("counted \(sum), applied \(durable.applied.count)") }
        return violations
    }
}

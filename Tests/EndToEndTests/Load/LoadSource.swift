import NIOCore
import Synchronization

/// Hands out the requests of a load, each once, and keeps the count of what was answered.
final class LoadSource: Sendable {
    let plan: LoadPlan
    /// Tells the event ids of this load from all others.
    let run = String(UInt64.random(in: .min ... .max), radix: 36)
    private let next = Atomic<Int>(0)
    private let stopped = Atomic<Bool>(false)
    private let acknowledged = Atomic<Int>(0)
    private let deadline: NIODeadline

    init(_ plan: LoadPlan) {
        self.plan = plan
        deadline = .now() + plan.timeLimit
    }

    /// The number of the next request; nil when there are no more.
    func take() -> Int? {
        if isStopped || isLate { return nil }
        let number = next.add(1, ordering: .relaxed).oldValue
        return number < plan.requests ? number : nil
    }

    var isStopped: Bool { stopped.load(ordering: .relaxed) }

    var isLate: Bool { .now() > deadline }

    func stop() {
        stopped.store(true, ordering: .relaxed)
    }

    func noteAcknowledged() {
        acknowledged.add(1, ordering: .relaxed)
    }

    var acknowledgedCount: Int { acknowledged.load(ordering: .relaxed) }
}

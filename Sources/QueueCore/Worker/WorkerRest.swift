/// A pause and its reason.
public struct WorkerRest: Sendable, Hashable {
    public var duration: Duration
    public var reason: WorkerCondition

    public init(_ duration: Duration, reason: WorkerCondition) {
        self.duration = duration
        self.reason = reason
    }
}

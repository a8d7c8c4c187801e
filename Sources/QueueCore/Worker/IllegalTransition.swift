/// An event that cannot happen in the state the machine is in: a mistake in the shell around it.
public struct IllegalTransition: Error, Sendable, Hashable, CustomStringConvertible {
    public var state: String
    public var event: String

    public init(state: String, event: String) {
        self.state = state
        self.event = event
    }

    public var description: String { "event \(event) in state \(state)" }
}

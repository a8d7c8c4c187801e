/// The bytes of request bodies that the connections of one event loop hold together, from their arrival until the answer.
///
/// Without it the memory of a process would be bounded only by the number of connections times the largest body.
/// Confined to its event loop.
public final class BodyBudget {
    public static let defaultBytes = 32 * 1024 * 1024

    public let limitBytes: Int
    public private(set) var heldBytes = 0

    public init(limitBytes: Int = BodyBudget.defaultBytes) {
        self.limitBytes = limitBytes
    }

    /// False when there is no room, and nothing was taken.
    func take(_ count: Int) -> Bool {
        guard count <= self.limitBytes - self.heldBytes else { return false }
        self.heldBytes += count
        return true
    }

    func giveBack(_ count: Int) {
        self.heldBytes -= count
    }
}

@available(*, unavailable)
extension BodyBudget: Sendable {}

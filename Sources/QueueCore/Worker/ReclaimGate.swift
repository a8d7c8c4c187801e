/// Decides when a worker may take over the jobs of others, so that an outage of the queue is not taken for a death.
///
/// While the queue is away nobody can extend, and every lease runs out. So a worker reclaims only after its own calls
/// have succeeded for one whole lease: by then every live consumer, back at the same moment, has extended what it
/// holds. The same goes for a silence longer than a lease (a machine that slept).
public struct ReclaimGate: Sendable, Hashable {
    private let lease: Duration
    private let interval: Duration
    private var connectedSince: Duration?
    private var lastSuccess: Duration?
    private var lastTurn: Duration?

    /// - Parameter interval: least time between two turns.
    public init(lease: Duration, interval: Duration) {
        self.lease = lease
        self.interval = interval
    }

    /// Whether the last call of the driver succeeded.
    public var isConnected: Bool { connectedSince != nil }

    /// A call of the driver came back. Answers whether this ends an outage (or is the first call of all).
    @discardableResult
    public mutating func noteSuccess(at uptime: Duration) -> Bool {
        let wasConnected = isConnected
        if let lastSuccess, uptime - lastSuccess > lease {
            connectedSince = uptime
        }
        connectedSince = connectedSince ?? uptime
        lastSuccess = uptime
        return !wasConnected
    }

    /// A call of the driver failed. Answers whether this begins an outage.
    @discardableResult
    public mutating func noteFailure() -> Bool {
        defer { connectedSince = nil }
        return isConnected
    }

    /// Whether to reclaim now; a true answer uses up the turn.
    public mutating func takeTurn(at uptime: Duration) -> Bool {
        guard let connectedSince, let lastSuccess,
            uptime - connectedSince >= lease, uptime - lastSuccess <= lease,
            lastTurn.map({ uptime - $0 >= interval }) ?? true
        else { return false }
        lastTurn = uptime
        return true
    }
}

/// What a pool holds and decides; the pool does the waiting and connecting. Connections are opaque here.
struct MySQLPoolState<Connection, Waiter> {
    enum Acquire {
        /// An open connection nobody uses.
        case use(Connection)
        /// A place for a new connection is taken; give it back with `release(nil)` if none comes about.
        case connect
        case wait(id: UInt64)
        case refuse(MySQLError)
    }

    private let size: Int
    private let maxWaiters: Int
    private var idle: [Connection] = []
    /// Connections open or being made, idle ones included.
    private(set) var total = 0
    private var waiters: [(id: UInt64, waiter: Waiter)] = []
    private var nextID: UInt64 = 0
    private(set) var isShutDown = false

    init(size: Int, maxWaiters: Int) {
        self.size = max(1, size)
        self.maxWaiters = max(0, maxWaiters)
    }

    var idleCount: Int { idle.count }
    var waiterCount: Int { waiters.count }

    mutating func acquire(makeWaiter: (UInt64) -> Waiter) -> Acquire {
        if isShutDown { return .refuse(.poolClosed) }
        if let connection = idle.popLast() { return .use(connection) }
        if total < size {
            total += 1
            return .connect
        }
        guard waiters.count < maxWaiters else { return .refuse(.poolFull) }
        nextID += 1
        waiters.append((nextID, makeWaiter(nextID)))
        return .wait(id: nextID)
    }

    /// Takes back a connection, or the place of one that is gone (nil). Returns the first waiter and what it is given.
    mutating func release(_ connection: Connection?) -> (waiter: Waiter, grant: MySQLPoolGrant<Connection>)? {
        guard !isShutDown else {
            total -= 1
            return nil
        }
        guard waiters.isEmpty else {
            return (waiters.removeFirst().waiter, connection.map(MySQLPoolGrant.connection) ?? .place)
        }
        if let connection {
            idle.append(connection)
        } else {
            total -= 1
        }
        return nil
    }

    /// Takes a waiter out of the line; nil when it was served or taken out already.
    mutating func remove(waiter id: UInt64) -> Waiter? {
        guard let index = waiters.firstIndex(where: { $0.id == id }) else { return nil }
        return waiters.remove(at: index).waiter
    }

    /// No more acquiring. Returns the waiters to refuse and the idle connections to close.
    mutating func shutDown() -> (waiters: [Waiter], idle: [Connection]) {
        isShutDown = true
        defer {
            total -= idle.count
            idle = []
            waiters = []
        }
        return (waiters.map(\.waiter), idle)
    }
}

/// Stops a worker that buries too much: a store that refuses everything has a problem of its own.
///
/// Trips at more than `maxInARow` records buried in a row, or at `maxInWindow` of the last `window` records (10 % of
/// 1,000). Stays tripped until it is reset.
public struct BuryBreaker: Sendable, Hashable {
    public let maxInARow: Int
    public let maxInWindow: Int
    public let window: Int

    public private(set) var isTripped = false
    private var inARow = 0
    private var inWindow = 0
    /// The last `window` outcomes, true for buried; `position` is the oldest once the ring is full.
    private var ring: [Bool] = []
    private var position = 0

    public init(maxInARow: Int = 50, maxInWindow: Int = 100, window: Int = 1_000) {
        precondition(maxInARow > 0 && maxInWindow > 0 && window >= maxInWindow, "limits of a bury breaker")
        self.maxInARow = maxInARow
        self.maxInWindow = maxInWindow
        self.window = window
    }

    public mutating func noteStored(_ count: Int) {
        guard count > 0 else { return }
        inARow = 0
        for _ in 0..<min(count, window) {
            push(false)
        }
    }

    public mutating func noteBuried() {
        inARow += 1
        push(true)
        if inARow > maxInARow || inWindow >= maxInWindow {
            isTripped = true
        }
    }

    /// Trips without a record of its own: what was noted in a transaction that was rolled back.
    public mutating func trip() {
        isTripped = true
    }

    public mutating func reset() {
        self = BuryBreaker(maxInARow: maxInARow, maxInWindow: maxInWindow, window: window)
    }

    /// Whether a probe batch with this outcome shows that the store is well again: it buried less than the share that
    /// trips.
    public func isHealthy(stored: Int, buried: Int) -> Bool {
        buried * window < (stored + buried) * maxInWindow
    }

    private mutating func push(_ buried: Bool) {
        if ring.count < window {
            ring.append(buried)
        } else {
            if ring[position] {
                inWindow -= 1
            }
            ring[position] = buried
            position = (position + 1) % window
        }
        if buried {
            inWindow += 1
        }
    }
}

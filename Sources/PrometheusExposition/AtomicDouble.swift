import Synchronization

/// A double that threads may add to without a lock: its bits in an atomic word, compared and exchanged.
struct AtomicDouble: ~Copyable {
    private let bits: Atomic<UInt64>

    init(_ value: Double) { bits = Atomic(value.bitPattern) }

    func load() -> Double { Double(bitPattern: bits.load(ordering: .relaxed)) }

    func store(_ value: Double) { bits.store(value.bitPattern, ordering: .relaxed) }

    func add(_ amount: Double) { update { $0 + amount } }

    /// `change` may run more than once when threads meet.
    func update(_ change: (Double) -> Double) {
        var current = bits.load(ordering: .relaxed)
        while true {
            let desired = change(Double(bitPattern: current)).bitPattern
            let (exchanged, original) = bits.weakCompareExchange(
                expected: current,
                desired: desired,
                ordering: .relaxed
            )
            if exchanged { return }
            current = original
        }
    }
}

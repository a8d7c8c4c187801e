/// What keys say, by the hash of their words: open addressing, quicker than a dictionary, which would hash the hash again.
///
/// `@unchecked Sendable`: the memory is written in init alone. A pointer, because a look-up in an array would count a reference.
final class KeyTable: @unchecked Sendable {
    private struct Slot {
        var hash: UInt64 = 0
        var keyClass: KeyClass?
    }

    private let slots: UnsafeMutablePointer<Slot>
    private let mask: Int

    init(_ classes: [UInt64: KeyClass]) {
        var capacity = 64
        while capacity < classes.count * 2 { capacity *= 2 }
        mask = capacity - 1
        slots = .allocate(capacity: capacity)
        slots.initialize(repeating: Slot(), count: capacity)
        for (hash, keyClass) in classes {
            var index = Int(truncatingIfNeeded: hash) & mask
            while slots[index].keyClass != nil { index = (index + 1) & mask }
            slots[index] = Slot(hash: hash, keyClass: keyClass)
        }
    }

    deinit {
        slots.deallocate()
    }

    subscript(hash: UInt64) -> KeyClass? {
        var index = Int(truncatingIfNeeded: hash) & mask
        // Ends: at least half of the slots are free.
        while let keyClass = slots[index].keyClass {
            if slots[index].hash == hash { return keyClass }
            index = (index + 1) & mask
        }
        return nil
    }
}

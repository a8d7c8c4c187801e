/// One state of the model of the counting protocol, packed into four words for the table of states seen.
///
/// Events are distinct, so that an event applied twice shows. Sets of events, windows and ledger rows are bit sets.
/// There are at most 4 events and 16 window names; each event belongs to one of two parts.
struct CountProtocolState: Hashable {
    /// What the fast store holds: what a roll-back brings back.
    struct FastStore: Hashable {
        /// 4 bits of events for each of 16 window names.
        var contents: UInt64 = 0
        var sealed: UInt16 = 0
        var open: UInt8 = 0
        /// The epoch the store has recorded, not the one the server has.
        var epoch: UInt8 = 0

        func events(of window: UInt8) -> UInt8 { UInt8(truncatingIfNeeded: contents >> (UInt64(window) * 4)) & 0xF }

        mutating func set(_ events: UInt8, of window: UInt8) {
            contents &= ~(0xF << (UInt64(window) * 4))
            contents |= UInt64(events) << (UInt64(window) * 4)
        }

        mutating func drop(_ window: UInt8) {
            guard sealed & (1 << window) != 0 else { return }
            sealed &= ~(1 << window)
            set(0, of: window)
        }
    }

    /// One sync; what it holds in its memory outlives a roll-back of the store.
    struct Sync: Hashable {
        enum Phase: UInt8 { case idle, readFirst, applyFirst, readSecond, applySecond, drop, applySecondAfterDrop }
        var phase = Phase.idle
        var window: UInt8 = 0
        var held: UInt8 = 0

        static let idle = Sync()
        var rank: UInt16 { UInt16(phase.rawValue) << 8 | UInt16(window) << 4 | UInt16(held) }
    }

    var store = FastStore()
    /// Where a roll-back will bring the store to; nil while that moment has not come, or will not come.
    var snapshot: FastStore?
    var acceptedAtSnapshot: UInt8 = 0
    /// The server's true epoch; a new one after each roll-back.
    var run: UInt8 = 0
    /// The epoch the callers' connections know.
    var token: UInt8 = 0
    var incarnations: UInt8 = 0
    /// Names given at seal time so far; only where windows are named then.
    var lateNames: UInt8 = 0
    var acceptedCount: UInt8 = 0
    var erased: UInt8 = 0
    var applied: UInt8 = 0
    var isDoubled = false
    /// Bit `2 × window + part`.
    var ledger: UInt32 = 0
    var syncs = (Sync.idle, Sync.idle)
    var rollbacks: UInt8 = 0
    var kills: UInt8 = 0
    var errors: UInt8 = 0
    var purges: UInt8 = 0

    var accepted: UInt8 { (1 << acceptedCount) - 1 }

    /// The two syncs are alike: which of them does what makes no difference. A single one is the first.
    mutating func order() {
        if syncs.0.rank < syncs.1.rank { swap(&syncs.0, &syncs.1) }
    }

    private var packed: (UInt64, UInt64, UInt64, UInt64, UInt64) {
        let shape =
            UInt64(store.sealed) | UInt64(store.open) << 16 | UInt64(store.epoch) << 20 | UInt64(run) << 24
            | UInt64(token) << 28 | UInt64(incarnations) << 32 | UInt64(lateNames) << 36 | UInt64(acceptedCount) << 40
            | UInt64(erased) << 44 | UInt64(applied) << 48 | UInt64(rollbacks) << 52 | UInt64(kills) << 54
            | UInt64(errors) << 56 | UInt64(purges) << 58 | (isDoubled ? 1 << 60 : 0)
        let old = snapshot ?? FastStore()
        let past =
            UInt64(old.sealed) | UInt64(old.open) << 16 | UInt64(old.epoch) << 20 | UInt64(acceptedAtSnapshot) << 24
            | (snapshot == nil ? 0 : 1 << 28) | UInt64(ledger) << 32
        return (store.contents, shape, old.contents, past, UInt64(syncs.0.rank) | UInt64(syncs.1.rank) << 16)
    }

    static func == (left: Self, right: Self) -> Bool { left.packed == right.packed }

    func hash(into hasher: inout Hasher) {
        // One word is enough for a hash; a multiplication spreads each.
        let (a, b, c, d, e) = packed
        var mixed = a &* 0x9E37_79B9_7F4A_7C15 ^ b
        mixed = (mixed ^ mixed >> 29) &* 0xBF58_476D_1CE4_E5B9 ^ c
        mixed = (mixed ^ mixed >> 32) &* 0x94D0_49BB_1331_11EB ^ d
        mixed = (mixed ^ mixed >> 29) &* 0x9E37_79B9_7F4A_7C15 ^ e
        hasher.combine(mixed)
    }
}

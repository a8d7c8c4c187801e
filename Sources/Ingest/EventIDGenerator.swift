/// Makes event ids for records that come without one: UUIDs of version 7 (RFC 9562), in the order they were made.
///
/// Within a millisecond the 12 bits after the version count up from a random start (method 1 of section 6.2); should they run
/// out, or the clock go back, the ids stay in the last millisecond used or go on into the next. The other 62 bits are random.
/// The random bits come from a generator of this value, seeded once by the system: unpredictability is not what they are for.
public struct EventIDGenerator: Sendable {
    /// Bytes of an id as text.
    public static let byteCount = 36

    private var milliseconds: Int64 = 0
    private var counter: UInt16 = 0
    private var stateA: UInt64
    private var stateB: UInt64

    public init() {
        var system = SystemRandomNumberGenerator()
        self.init(seed: (system.next(), system.next()))
    }

    /// For tests: the same seed and times make the same ids.
    package init(seed: (UInt64, UInt64)) {
        stateA = seed.0
        stateB = seed.1 | 1
    }

    /// Appends the next id as 36 ASCII bytes. `now` is in Unix milliseconds.
    public mutating func appendNext(atMilliseconds now: Int64, to output: inout [UInt8]) {
        next(atMilliseconds: now).appendText(to: &output)
    }

    /// The next id. `now` is in Unix milliseconds.
    mutating func next(atMilliseconds now: Int64) -> MadeEventID {
        if now > milliseconds {
            milliseconds = now
            counter = UInt16(truncatingIfNeeded: random() & 0x07FF)
        } else if counter == 0x0FFF {
            milliseconds += 1
            counter = 0
        } else {
            counter += 1
        }
        return MadeEventID(
            high: UInt64(bitPattern: milliseconds) << 16 | 0x7000 | UInt64(counter),
            low: random() >> 2 | 1 << 63
        )
    }

    /// A counter of 128 bits with an odd random step, its product folded: long period, no two seeds alike.
    private mutating func random() -> UInt64 {
        stateA &+= stateB
        let product = (stateA ^ 0x9E37_79B9_7F4A_7C15).multipliedFullWidth(by: stateB ^ 0xD1B5_4A32_D192_ED03)
        let folded = product.high ^ product.low
        let again = (folded ^ stateA).multipliedFullWidth(by: 0xA076_1D64_78BD_642F)
        return again.high ^ again.low
    }
}

public import Fingerprint

/// 16 bytes that sort by the time they were made for: 6 bytes of Unix milliseconds, big-endian, then 10 more that tell keys of one
/// millisecond apart. What occurrences and changes of status are sorted by, and paged with.
public struct TimeOrderedKey: Sendable, Hashable {
    public static let byteCount = 16

    // The bytes as big-endian numbers, so that comparing the words compares the bytes.
    private let high: UInt64
    private let low: UInt64

    private init(high: UInt64, low: UInt64) {
        self.high = high
        self.low = low
    }

    /// Nil unless there are exactly 16 bytes.
    public init?(bytes: some Collection<UInt8>) {
        guard bytes.count == Self.byteCount else { return nil }
        var (high, low): (UInt64, UInt64) = (0, 0)
        for byte in bytes {
            high = high << 8 | low >> 56
            low = low << 8 | UInt64(byte)
        }
        self.init(high: high, low: low)
    }

    /// The same key for the same time and digest, of which the first 10 bytes count.
    public init(atMilliseconds milliseconds: Int64, digest: Digest16) {
        let words = digest.withUnsafeBytes { bytes in
            (
                bytes.loadUnaligned(fromByteOffset: 0, as: UInt16.self).bigEndian,
                bytes.loadUnaligned(fromByteOffset: 2, as: UInt64.self).bigEndian
            )
        }
        self.init(high: UInt64(Self.clamped(milliseconds)) << 16 | UInt64(words.0), low: words.1)
    }

    /// A key nobody else makes that follows `earlier`, whatever the clock has done since.
    public static func following(_ earlier: TimeOrderedKey?, atMilliseconds milliseconds: Int64) -> TimeOrderedKey {
        if let earlier, clamped(milliseconds) <= earlier.milliseconds {
            let (low, isFull) = earlier.low.addingReportingOverflow(1)
            return TimeOrderedKey(high: isFull ? earlier.high &+ 1 : earlier.high, low: low)
        }
        // Half of the room is left for the keys that may have to follow within the millisecond.
        let high = UInt64(clamped(milliseconds)) << 16 | UInt64.random(in: 0...0x7FFF)
        return TimeOrderedKey(high: high, low: .random(in: .min ... .max))
    }

    /// The time it was made for, Unix.
    public var milliseconds: Int64 { Int64(high >> 16) }

    public var bytes: [UInt8] {
        withUnsafeBytes(of: (high.bigEndian, low.bigEndian)) { [UInt8]($0) }
    }

    /// What fits into 6 bytes: the years 1970 to 10889.
    private static func clamped(_ milliseconds: Int64) -> Int64 {
        min(max(milliseconds, 0), 0xFFFF_FFFF_FFFF)
    }
}

extension TimeOrderedKey: Comparable {
    public static func < (left: TimeOrderedKey, right: TimeOrderedKey) -> Bool {
        (left.high, left.low) < (right.high, right.low)
    }
}

extension TimeOrderedKey {
    /// 32 lower-case hexadecimal digits: the cursor of a page, opaque to callers.
    public var text: String {
        var digits: [UInt8] = []
        digits.reserveCapacity(2 * Self.byteCount)
        for byte in bytes { digits.appendHex(byte) }
        return String(decoding: digits, as: UTF8.self)
    }

    /// Nil unless there are exactly 32 lower-case hexadecimal digits.
    public init?(text: some StringProtocol) {
        let isDigit: (UInt8) -> Bool = { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }
        guard text.utf8.count == 2 * Self.byteCount, text.utf8.allSatisfy(isDigit),
            let high = UInt64(text.prefix(16), radix: 16), let low = UInt64(text.suffix(16), radix: 16)
        else { return nil }
        self.init(high: high, low: low)
    }
}

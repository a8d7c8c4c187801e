/// 16 bytes that sort by the time they were made for: 6 bytes of Unix milliseconds, big-endian, then 10 more that tell ids of one
/// millisecond apart.
public enum TimeOrderedID {
    public static let byteCount = 16
    static let tailByteCount = 10

    /// An id nobody else makes.
    public static func random(atMilliseconds milliseconds: Int64) -> [UInt8] {
        var bytes = time(milliseconds)
        for _ in 0..<tailByteCount { bytes.append(UInt8.random(in: .min ... .max)) }
        return bytes
    }

    /// The same id for the same time and tail, of which the first 10 bytes count.
    public static func make(atMilliseconds milliseconds: Int64, tail: some Collection<UInt8>) -> [UInt8] {
        var bytes = time(milliseconds)
        bytes.append(contentsOf: tail.prefix(tailByteCount))
        while bytes.count < byteCount { bytes.append(0) }
        return bytes
    }

    private static func time(_ milliseconds: Int64) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(byteCount)
        let word = UInt64(max(milliseconds, 0))
        for shift in stride(from: UInt64(40), through: 0, by: -8) {
            bytes.append(UInt8(truncatingIfNeeded: word >> shift))
        }
        return bytes
    }
}

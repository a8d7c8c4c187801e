/// What a dead letter is known by.
public struct DeadLetterID: Sendable, Hashable {
    /// Characters in the name of a queue, all ASCII.
    public static let maxQueueCharacters = 32
    public static let maxKeyBytes = 255

    public var queue: String
    /// The identity of the record within its queue, 1…``maxKeyBytes`` bytes.
    public var key: [UInt8]

    public init(queue: String, key: [UInt8]) {
        self.queue = queue
        self.key = key
    }

    /// Nil unless `hex` is 1…``maxKeyBytes`` pairs of hexadecimal digits, in either case.
    public init?(queue: String, hex: some StringProtocol) {
        let digits = Array(hex.utf8)
        guard (1...Self.maxKeyBytes).contains(digits.count / 2), digits.count.isMultiple(of: 2) else { return nil }
        var key: [UInt8] = []
        key.reserveCapacity(digits.count / 2)
        for pair in stride(from: 0, to: digits.count, by: 2) {
            guard let high = Self.value(ofDigit: digits[pair]), let low = Self.value(ofDigit: digits[pair + 1]) else {
                return nil
            }
            key.append(high << 4 | low)
        }
        self.init(queue: queue, key: key)
    }

    /// The key in lower-case hexadecimal digits, as people and programs name a letter.
    public var hexKey: String {
        let digits = Array("0123456789abcdef".utf8)
        return String(decoding: key.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }

    private static func value(ofDigit digit: UInt8) -> UInt8? {
        switch digit {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): digit - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): digit - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): digit - UInt8(ascii: "A") + 10
        default: nil
        }
    }
}

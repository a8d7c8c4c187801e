/// Event ids: UUIDs of version 7 (RFC 9562, section 5.7), 36 ASCII characters. The service counts one id once.
enum EventID {
    static func make(atMilliseconds now: Int64) -> String {
        let high = UInt64(bitPattern: now) << 16 | 0x7000 | UInt64.random(in: 0...0x0FFF)
        let low = UInt64.random(in: .min ... .max) >> 2 | 1 << 63
        var text: [UInt8] = []
        text.reserveCapacity(36)
        for (word, offset) in [(high, 0), (low, 8)] {
            for index in 0..<8 {
                if [4, 6, 8, 10].contains(index + offset) { text.append(UInt8(ascii: "-")) }
                text.appendHex(UInt8(truncatingIfNeeded: word >> UInt64(56 - 8 * index)))
            }
        }
        return String(decoding: text, as: UTF8.self)
    }
}

/// Where a day begins: at a fixed distance from UTC, or by the rules of a place.
public enum ZoneName: Sendable, Hashable {
    /// Seconds east of UTC.
    case offset(seconds: Int64)
    /// Of the time zone database: `Europe/Berlin`. Whether there is such a zone only the store knows.
    case named(String)

    public static let utc = ZoneName.offset(seconds: 0)

    /// Reads `Z`, `UTC`, `±hh:mm` up to 14 hours, or a name of 1 to 64 letters, digits, `_`, `+`, `-` and `/`.
    public init?(text: String) {
        switch text {
        case "Z", "UTC", "utc": self = .utc
        default:
            if let first = text.utf8.first, first == UInt8(ascii: "+") || first == UInt8(ascii: "-") {
                guard let seconds = Self.seconds(Array(text.utf8)) else { return nil }
                self = .offset(seconds: seconds)
            } else {
                guard (1...64).contains(text.utf8.count), text.utf8.allSatisfy(Self.isOfName) else { return nil }
                self = .named(text)
            }
        }
    }

    /// Of `±hh:mm`.
    private static func seconds(_ text: [UInt8]) -> Int64? {
        guard text.count == 6, text[3] == UInt8(ascii: ":") else { return nil }
        let digits = [text[1], text[2], text[4], text[5]].map { Int64($0) - 0x30 }
        guard digits.allSatisfy({ (0...9).contains($0) }) else { return nil }
        let (hours, minutes) = (digits[0] * 10 + digits[1], digits[2] * 10 + digits[3])
        guard minutes < 60, hours * 60 + minutes <= 14 * 60 else { return nil }
        return (text[0] == UInt8(ascii: "-") ? -60 : 60) * (hours * 60 + minutes)
    }

    private static func isOfName(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "_"), UInt8(ascii: "+"), UInt8(ascii: "-"),
            UInt8(ascii: "/"):
            true
        default: false
        }
    }
}

/// Names as the exposition allows them: `[a-zA-Z_:][a-zA-Z0-9_:]*` for metrics, the same without the colon for labels
/// (https://prometheus.io/docs/concepts/data_model/).
enum MetricName {
    /// Longer names are cut.
    static let maximumLength = 128

    /// Every character that is not allowed becomes `_`; nil for an empty name.
    static func metric(_ raw: String) -> String? { legal(raw, colonAllowed: true) }

    /// As for metrics; a name beginning with two underscores, which is reserved, loses all but one of them.
    static func label(_ raw: String) -> String? {
        guard let name = legal(raw, colonAllowed: false) else { return nil }
        return name.hasPrefix("__") ? "_" + name.drop { $0 == "_" } : name
    }

    private static func legal(_ raw: String, colonAllowed: Bool) -> String? {
        guard let first = raw.utf8.first else { return nil }
        var bytes: [UInt8] = []
        if isDigit(first) { bytes.append(UInt8(ascii: "_")) }
        for byte in raw.utf8.prefix(maximumLength) {
            let allowed = isLetter(byte) || isDigit(byte) || (colonAllowed && byte == UInt8(ascii: ":"))
            bytes.append(allowed ? byte : UInt8(ascii: "_"))
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }

    private static func isLetter(_ byte: UInt8) -> Bool { (byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x7A }
}

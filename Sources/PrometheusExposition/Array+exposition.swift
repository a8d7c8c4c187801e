/// Text exposition format 0.0.4 (https://prometheus.io/docs/instrumenting/exposition_formats/), written straight into
/// bytes.
extension [UInt8] {
    mutating func appendHeader(name: String, kind: MetricKind, help: String) {
        if !help.isEmpty {
            append(contentsOf: "# HELP ".utf8)
            append(contentsOf: name.utf8)
            append(UInt8(ascii: " "))
            appendEscapedHelp(help)
            append(UInt8(ascii: "\n"))
        }
        append(contentsOf: "# TYPE ".utf8)
        append(contentsOf: name.utf8)
        append(UInt8(ascii: " "))
        append(contentsOf: kind.rawValue.utf8)
        append(UInt8(ascii: "\n"))
    }

    /// One sample line; `le` is the bound of a histogram's bucket, already as text.
    mutating func appendSample(
        name: String,
        suffix: StaticString = "",
        labels: LabelSet,
        le: String? = nil,
        value: Double
    ) {
        append(contentsOf: name.utf8)
        suffix.withUTF8Buffer { append(contentsOf: $0) }
        if !labels.text.isEmpty || le != nil {
            append(UInt8(ascii: "{"))
            append(contentsOf: labels.text)
            if let le {
                if !labels.text.isEmpty { append(UInt8(ascii: ",")) }
                append(contentsOf: "le=\"".utf8)
                append(contentsOf: le.utf8)
                append(UInt8(ascii: "\""))
            }
            append(UInt8(ascii: "}"))
        }
        append(UInt8(ascii: " "))
        append(contentsOf: Self.expositionNumber(value).utf8)
        append(UInt8(ascii: "\n"))
    }

    /// Whole numbers without a fraction, infinities and not-a-number in the words of the format.
    static func expositionNumber(_ value: Double) -> String {
        if value.isNaN { return "NaN" }
        if value.isInfinite { return value > 0 ? "+Inf" : "-Inf" }
        // Beyond 2^53 a Double no longer names each whole number; its own shortest form is as true and shorter.
        if value.magnitude < 9_007_199_254_740_992, value == value.rounded(.towardZero) { return "\(Int64(value))" }
        return value.description
    }

    mutating func appendEscapedLabelValue(_ value: String, maximumLength: Int) {
        var length = 0
        for scalar in value.unicodeScalars {
            length += UTF8.width(scalar)
            if length > maximumLength { return }
            switch scalar {
            case "\\": append(contentsOf: "\\\\".utf8)
            case "\"": append(contentsOf: "\\\"".utf8)
            case "\n": append(contentsOf: "\\n".utf8)
            default: append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
            }
        }
    }

    private mutating func appendEscapedHelp(_ help: String) {
        for byte in help.utf8 {
            switch byte {
            case UInt8(ascii: "\\"): append(contentsOf: "\\\\".utf8)
            case UInt8(ascii: "\n"): append(contentsOf: "\\n".utf8)
            default: append(byte)
            }
        }
    }
}

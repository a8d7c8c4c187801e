/// Takes digits and marks from the front of a text.
struct DigitReader {
    private let text: UnsafeRawBufferPointer
    private var position = 0

    init(_ text: UnsafeRawBufferPointer) {
        self.text = text
    }

    var isAtEnd: Bool { position == text.count }

    mutating func take(_ byte: UInt8) -> Bool {
        guard position < text.count, text[position] == byte else { return false }
        position += 1
        return true
    }

    /// Exactly `width` digits.
    mutating func number(width: Int) -> Int64? {
        guard position + width <= text.count else { return nil }
        var value: Int64 = 0
        for index in position..<position + width {
            guard let digit = digit(at: index) else { return nil }
            value = value * 10 + digit
        }
        position += width
        return value
    }

    /// All digits that follow, at least one; nil also when they do not fit into 63 bits.
    mutating func number() -> Int64? {
        let start = position
        var value: Int64 = 0
        while let digit = digit(at: position) {
            let (product, tooLarge) = value.multipliedReportingOverflow(by: 10)
            let (sum, overflows) = product.addingReportingOverflow(digit)
            guard !tooLarge, !overflows else { return nil }
            value = sum
            position += 1
        }
        return position > start ? value : nil
    }

    /// The digits of a decimal fraction, at least one, as thousandths, cut and not rounded.
    mutating func thousandths() -> Int64? {
        let start = position
        var value: Int64 = 0
        while let digit = digit(at: position) {
            if position - start < 3 { value = value * 10 + digit }
            position += 1
        }
        guard position > start else { return nil }
        for _ in min(position - start, 3)..<3 { value *= 10 }
        return value
    }

    private func digit(at index: Int) -> Int64? {
        guard index < text.count, text[index] >= UInt8(ascii: "0"), text[index] <= UInt8(ascii: "9") else { return nil }
        return Int64(text[index] - UInt8(ascii: "0"))
    }
}

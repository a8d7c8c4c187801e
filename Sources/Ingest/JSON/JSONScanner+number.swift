extension JSONScanner {
    /// Reads the number at the current position. A number too large for a binary64 is refused: no reader could keep its value.
    /// (One too small for it is 0 for every reader, and kept.)
    mutating func scanNumber() throws(JSONProblem) {
        let start = position
        if bytes[position] == UInt8(ascii: "-") { advance(by: 1) }
        guard position < bytes.count else { throw JSONProblem(code: .unexpectedEnd, offset: position) }
        let integerStart = position
        let integerDigits = skipDigits()
        guard integerDigits > 0, integerDigits == 1 || bytes[integerStart] != UInt8(ascii: "0") else {
            throw JSONProblem(code: .invalidNumber, offset: start)
        }
        var fractionStart = position
        var fractionDigits = 0
        if position < bytes.count, bytes[position] == UInt8(ascii: ".") {
            advance(by: 1)
            fractionStart = position
            fractionDigits = skipDigits()
            guard fractionDigits > 0 else { throw problemAfterNumber(start) }
        }
        var exponent = 0
        if position < bytes.count, bytes[position] | 0x20 == UInt8(ascii: "e") {
            advance(by: 1)
            exponent = try scanExponent(numberStart: start)
        }
        guard integerDigits + exponent > 300 else { return }
        // The power of ten of the first digit that is not 0.
        var magnitude = integerDigits - 1
        if bytes[integerStart] == UInt8(ascii: "0") {
            let zeros = (fractionStart..<fractionStart + fractionDigits).prefix { bytes[$0] == UInt8(ascii: "0") }.count
            guard zeros < fractionDigits else { return }
            magnitude = -1 - zeros
        }
        magnitude += exponent
        if magnitude > 308 || (magnitude == 308 && !isFinite(start..<position)) { refuse(.numberOutOfRange, at: start) }
    }

    /// The exponent after the `e`, held at ±100,000,000.
    private mutating func scanExponent(numberStart: Int) throws(JSONProblem) -> Int {
        var isNegative = false
        if position < bytes.count, bytes[position] == UInt8(ascii: "+") || bytes[position] == UInt8(ascii: "-") {
            isNegative = bytes[position] == UInt8(ascii: "-")
            advance(by: 1)
        }
        let first = position
        guard skipDigits() > 0 else { throw problemAfterNumber(numberStart) }
        var exponent = 0
        for index in first..<position where exponent < 100_000_000 {
            exponent = exponent * 10 + Int(bytes[index] - UInt8(ascii: "0"))
        }
        exponent = min(exponent, 100_000_000)
        return isNegative ? -exponent : exponent
    }

    private mutating func skipDigits() -> Int {
        let start = position
        while position < bytes.count, bytes[position] >= UInt8(ascii: "0"), bytes[position] <= UInt8(ascii: "9") {
            advance(by: 1)
        }
        return position - start
    }

    private func problemAfterNumber(_ start: Int) -> JSONProblem {
        position < bytes.count
            ? JSONProblem(code: .invalidNumber, offset: start) : JSONProblem(code: .unexpectedEnd, offset: position)
    }

    /// Cold: only numbers between 1e308 and 1e309 come here.
    private func isFinite(_ range: Range<Int>) -> Bool {
        Double(String(decoding: bytes[range], as: UTF8.self))?.isFinite ?? false
    }
}

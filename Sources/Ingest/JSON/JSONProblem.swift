/// What is wrong with a JSON text, and where.
struct JSONProblem: Error, Sendable, Equatable {
    enum Code: UInt8, Sendable {
        // The text is not JSON: nothing after this place can be understood.
        case unexpectedEnd
        case unexpectedByte
        case invalidLiteral
        case invalidNumber
        case invalidEscape
        case trailingBytes
        // The text is JSON that is refused. The scanner goes on, so that in a list only the item with the problem is lost.
        case duplicateKey
        case tooDeep
        case numberOutOfRange
        case brokenKey
    }

    var code: Code
    /// Bytes from the start of the text; for `duplicateKey` and `brokenKey` the place of the key's opening quote.
    var offset: Int
}

import Testing

/// Two reports and whether they are the same error.
struct GoldenPair: Sendable, CustomTestStringConvertible {
    let reason: String
    let first: Report
    let second: Report

    /// Two stack traces of a `TypeError` with different messages: with usable frames the message does not count.
    init(_ reason: String, _ first: String, _ second: String) {
        self.reason = reason
        self.first = Report(type: "TypeError", message: "first message", stack: first)
        self.second = Report(type: "TypeError", message: "second message", stack: second)
    }

    init(_ reason: String, _ first: Report, _ second: Report) {
        self.reason = reason
        self.first = first
        self.second = second
    }

    var testDescription: String { reason }
}

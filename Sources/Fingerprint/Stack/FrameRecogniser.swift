/// Knows the lines of one family of stack traces. To support a language, write a recogniser and add it to `all`.
struct FrameRecogniser: Sendable {
    enum Order: Sendable {
        /// The frame where the error happened comes first.
        case innermostFirst
        /// It comes last, as in Python.
        case innermostLast
    }

    let order: Order
    /// The frame on this line (without blanks at its ends), or nil. Must be linear in the line.
    let frame: @Sendable (_ line: ByteView) -> StackFrame?

    /// The one that finds most frames reads the whole trace (see `PartComposer.recogniser(for:)`); of equals the first.
    static let all: [FrameRecogniser] = [.python, .v8, .geckoAndWebKit]
}

/// One frame, or the type of a cause between frames, as it stands in the trace; the views point into the input.
struct StackFrame {
    enum Kind {
        case call
        /// `function` is the type of the error the frames behind it belong to.
        case cause
    }

    var kind = Kind.call
    var function: ByteView
    /// The path or URL of the file, without line and column; empty when the runtime names none.
    var file: ByteView
    /// The program or library the code is in, where the format names it.
    var module = ByteView.empty
    /// Marked by its runtime as made by the compiler.
    var isGenerated = false
    /// Set for lines in a format nobody recognised: what stands behind the file, and the sign that `function` is not
    /// a name but the rest of the line, to be normalised like a message.
    var lineRest: ByteView?
    /// Decided once the format of the trace is known.
    var origin = FrameOrigin.application

    init(function: ByteView, file: ByteView, lineRest: ByteView? = nil) {
        self.function = function
        self.file = file
        self.lineRest = lineRest
    }

    init(cause type: ByteView) {
        self.init(function: type, file: .empty)
        kind = .cause
    }
}

/// One frame as it stands in the trace; the views point into the input.
struct StackFrame {
    var function: ByteView
    /// The path or URL of the file, without line and column; empty when the runtime names none.
    var file: ByteView
    /// Set for lines in a format nobody recognised: what stands behind the file, and the sign that `function` is not
    /// a name but the rest of the line, to be normalised like a message.
    var lineRest: ByteView?
    /// Code of the error's own application, not of a runtime (such as all code without a file) or a vendored package.
    var isApplication: Bool

    init(function: ByteView, file: ByteView, lineRest: ByteView? = nil) {
        self.function = function
        self.file = file
        self.lineRest = lineRest
        // A line of an unknown format without a file may name any function; it is not known to be a runtime's.
        isApplication = file.isEmpty ? lineRest != nil : Provenance.isApplication(file: file)
    }
}

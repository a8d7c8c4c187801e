/// Receives what makes up a fingerprint, in order. The hash and the reading of a stack trace are two sinks of one and the
/// same walk (``PartComposer``), so they cannot tell different stories.
protocol PartSink: ~Copyable {
    /// `bytes` are valid during the call only.
    mutating func part(_ name: FingerprintPart.Name, _ bytes: ByteView)
    /// The format of the stack trace; nil for one nobody knows.
    mutating func recognised(_ format: StackFormat?)
    /// What became of a frame of the stack trace.
    mutating func passed(_ frame: borrowing StackFrame, _ verdict: FrameVerdict)
}

extension PartSink where Self: ~Copyable {
    @inline(__always)
    mutating func recognised(_ format: StackFormat?) {}

    @inline(__always)
    mutating func passed(_ frame: borrowing StackFrame, _ verdict: FrameVerdict) {}
}

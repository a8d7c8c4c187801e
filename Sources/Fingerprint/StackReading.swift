/// A stack trace as ``Fingerprinter/readStack(_:)`` understands it.
public struct StackReading: Sendable, Hashable {
    public struct Frame: Sendable, Hashable {
        /// As they stand in the trace; either may be empty.
        public let function: [UInt8]
        public let file: [UInt8]
        public let verdict: FrameVerdict
    }

    /// The family of traces it belongs to, for people; nil when it is none that is known.
    public let format: String?
    /// In the order they are hashed: the one where the error happened first.
    public let frames: [Frame]

    package init(format: String?, frames: [Frame]) {
        self.format = format
        self.frames = frames
    }
}

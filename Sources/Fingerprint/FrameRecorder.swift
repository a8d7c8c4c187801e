/// The sink behind ``StackReading``: keeps the frames and what became of them.
struct FrameRecorder: PartSink {
    private(set) var format: String?
    private(set) var frames: [StackReading.Frame] = []

    mutating func part(_ name: FingerprintPart.Name, _ bytes: ByteView) {}

    mutating func recognised(_ format: StackFormat?) {
        self.format = format.map { $0.name.description }
    }

    mutating func passed(_ frame: borrowing StackFrame, _ verdict: FrameVerdict) {
        guard frame.kind == .call else { return }
        frames.append(
            StackReading.Frame(
                function: Self.copy(frame.function),
                file: Self.copy(frame.file.isEmpty ? frame.module : frame.file),
                verdict: verdict
            )
        )
    }

    private static func copy(_ bytes: ByteView) -> [UInt8] {
        [UInt8](bytes.buffer)
    }
}

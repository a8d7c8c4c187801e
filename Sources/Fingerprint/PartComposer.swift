/// The rules of version 1: which parts an error has, in which order. Owns the memory that normalising needs.
struct PartComposer: ~Copyable {
    var scratch = ScratchBuffer(capacity: FingerprintLimits.normalisedStackBytes)
    // Both are emptied before each return: they point into the input.
    var lines = StackLines()
    var frames: [StackFrame] = []
    var recent = RecentFrames()

    init() {
        frames.reserveCapacity(FingerprintLimits.stackLines)
    }

    /// Walks the parts into `sink`, in the order they are hashed:
    /// project, then the caller's parts if there are any, else type and stack or message.
    mutating func compose<Sink: PartSink & ~Copyable>(
        _ input: borrowing FingerprintInput,
        into sink: inout Sink
    ) -> FingerprintBasis {
        optionalPart(.project, input.project, into: &sink)
        guard !input.custom.isEmpty else { return composeDefault(input, into: &sink) }
        // With nothing but `{{ default }}` the outcome is that of no custom fingerprint at all, and is named so.
        var basis: FingerprintBasis?
        for element in input.custom.prefix(FingerprintLimits.customParts) {
            let bytes = ByteView(element).prefix(FingerprintLimits.partBytes)
            if Self.isDefault(bytes) {
                let spliced = composeDefault(input, into: &sink)
                basis = basis == nil ? spliced : .custom
            } else {
                sink.part(.custom, bytes)
                basis = .custom
            }
        }
        return basis ?? .custom
    }

    private mutating func composeDefault<Sink: PartSink & ~Copyable>(
        _ input: borrowing FingerprintInput,
        into sink: inout Sink
    ) -> FingerprintBasis {
        optionalPart(.type, input.type, into: &sink)
        if composeStack(ByteView(input.stackTrace), into: &sink) { return .stack }
        scratch.reset(limit: FingerprintLimits.normalisedMessageBytes)
        let message = ByteView(input.message).prefix(FingerprintLimits.partBytes)
        var normaliser = MessageNormaliser(message, replacesQuoted: true)
        normaliser.run(into: &scratch)
        sink.part(.message, scratch.view(0..<scratch.count))
        return .message
    }

    private func optionalPart<Sink: PartSink & ~Copyable>(
        _ name: FingerprintPart.Name,
        _ bytes: UnsafeRawBufferPointer?,
        into sink: inout Sink
    ) {
        let value = ByteView(bytes).prefix(FingerprintLimits.partBytes)
        if !value.isEmpty { sink.part(name, value) }
    }

    /// `{{ default }}`, with any blanks inside and around the braces.
    private static func isDefault(_ element: ByteView) -> Bool {
        let outer = element.trimmed
        guard outer.hasPrefix("{{"), outer.hasSuffix("}}"), outer.count >= 4 else { return false }
        return outer[2..<(outer.count - 2)].trimmed.equals("default")
    }
}

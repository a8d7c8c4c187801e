/// Computes fingerprints and short digests.
///
/// Make one for each event loop or thread and use it only there: it owns a digest context and scratch memory that
/// every call overwrites, and is not Sendable for that reason. After the first few calls nothing on the hot path
/// allocates.
public final class Fingerprinter {
    /// The version of the rules of ``Grouping/standard``; it is part of what is hashed.
    public static let version: UInt8 = 1
    /// Stands for ``Grouping/message``, which has no rules and never changes.
    public static let rawMessageVersion: UInt8 = 0

    private var hasher: SHA256Hasher
    private var composer = PartComposer()

    /// Throws when libcrypto cannot provide SHA-256, which is a fault of the installation.
    public init() throws(FingerprintError) {
        hasher = try SHA256Hasher()
    }

    /// Time is linear in the bytes read (``FingerprintLimits``), and under ``Grouping/message`` in the length of the
    /// message.
    public func fingerprint(_ input: borrowing FingerprintInput, grouping: Grouping = .standard) -> FingerprintResult {
        hasher.start()
        let (version, basis) = compose(input, grouping: grouping, into: &hasher)
        return FingerprintResult(fingerprint: hasher.finish(), version: version, basis: basis)
    }

    /// The same as ``fingerprint(_:grouping:)``, with the parts. Allocates; for storing and displaying, not for every
    /// report.
    public func explain(_ input: borrowing FingerprintInput, grouping: Grouping = .standard) -> FingerprintExplanation {
        let result = fingerprint(input, grouping: grouping)
        var recorder = PartRecorder()
        _ = compose(input, grouping: grouping, into: &recorder)
        return FingerprintExplanation(result: result, parts: recorder.parts)
    }

    /// How many bytes ``fingerprint(_:grouping:)`` hashes of an error's parts; does all that it does except hashing.
    package func normalisedByteCount(of input: borrowing FingerprintInput) -> Int {
        var counter = PartCounter()
        _ = compose(input, grouping: .standard, into: &counter)
        return counter.byteCount
    }

    /// What becomes of each frame of a stack trace. Allocates; for people who ask.
    public func readStack(_ trace: UnsafeRawBufferPointer) -> StackReading {
        var recorder = FrameRecorder()
        _ = composer.composeStack(ByteView(trace), into: &recorder)
        return StackReading(format: recorder.format, frames: recorder.frames)
    }

    /// The first 16 bytes of SHA-256 over the parts, each with its length in front, under a tag of their own and
    /// `domain`: the same parts in another domain give another digest. A missing part equals an empty one. No limit
    /// but that of the caller.
    public func digest16(
        domain: StaticString,
        _ first: UnsafeRawBufferPointer?,
        _ second: UnsafeRawBufferPointer
    ) -> Digest16 {
        hasher.start()
        hasher.header(tag: PartEncoding.digestTag, version: PartEncoding.digestVersion)
        hasher.lengthPrefixed(ByteView(domain))
        hasher.lengthPrefixed(ByteView(first))
        hasher.lengthPrefixed(ByteView(second))
        return Digest16(prefixOf: hasher.finish())
    }

    private func compose<Sink: PartSink & ~Copyable>(
        _ input: borrowing FingerprintInput,
        grouping: Grouping,
        into sink: inout Sink
    ) -> (version: UInt8, basis: FingerprintBasis) {
        switch grouping {
        case .message:
            sink.rawMessage(ByteView(input.message))
            return (Self.rawMessageVersion, .rawMessage)
        case .standard:
            sink.header(tag: PartEncoding.fingerprintTag, version: Self.version)
            return (Self.version, composer.compose(input, into: &sink))
        }
    }
}

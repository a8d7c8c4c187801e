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

    private let hasher: SHA256Hasher
    private var encoder = PartEncoder()
    private var composer = PartComposer()

    /// Throws when libcrypto cannot provide SHA-256, which is a fault of the installation.
    public init() throws(FingerprintError) {
        hasher = try SHA256Hasher()
    }

    /// Time is linear in the bytes read (``FingerprintLimits``), and under ``Grouping/message`` in the length of the
    /// message.
    public func fingerprint(_ input: borrowing FingerprintInput, grouping: Grouping = .standard) -> FingerprintResult {
        make(input, grouping: grouping).result
    }

    /// Makes the same fingerprint as ``fingerprint(_:grouping:)``, with its parts at hand, which cost nothing more.
    /// - Parameter body: must not use the fingerprinter: the parts are in its memory.
    package func withParts<R>(
        of input: borrowing FingerprintInput,
        grouping: Grouping = .standard,
        _ body: (Fingerprint, FingerprintParts) -> R
    ) -> R {
        let (result, parts) = make(input, grouping: grouping)
        return withExtendedLifetime(self) { body(result.fingerprint, parts) }
    }

    /// The same as ``fingerprint(_:grouping:)``, with the parts. Allocates; for displaying, not for every report.
    public func explain(_ input: borrowing FingerprintInput, grouping: Grouping = .standard) -> FingerprintExplanation {
        let (result, parts) = make(input, grouping: grouping)
        return FingerprintExplanation(
            result: result, parts: parts.map { FingerprintPart(name: $0.name, bytes: [UInt8]($0.bytes)) })
    }

    /// How many bytes ``fingerprint(_:grouping:)`` hashes; does all that it does except hashing.
    package func normalisedByteCount(of input: borrowing FingerprintInput) -> Int {
        _ = encode(input)
        return encoder.bytes.count
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
        encoder.start(tag: PartEncoding.digestTag, version: PartEncoding.digestVersion)
        encoder.lengthPrefixed(ByteView(domain))
        encoder.lengthPrefixed(ByteView(first))
        encoder.lengthPrefixed(ByteView(second))
        return Digest16(prefixOf: hasher.digest(of: encoder.bytes))
    }

    /// The parts are valid until the next call, and as long as the input.
    private func make(
        _ input: borrowing FingerprintInput,
        grouping: Grouping
    ) -> (result: FingerprintResult, parts: FingerprintParts) {
        switch grouping {
        case .message:
            let message = ByteView(input.message)
            let result = FingerprintResult(
                fingerprint: hasher.digest(of: message), version: Self.rawMessageVersion, basis: .rawMessage)
            return (result, FingerprintParts(version: Self.rawMessageVersion, rawMessage: message))
        case .standard:
            let basis = encode(input)
            let result = FingerprintResult(
                fingerprint: hasher.digest(of: encoder.bytes), version: Self.version, basis: basis)
            return (result, encoder.parts)
        }
    }

    private func encode(_ input: borrowing FingerprintInput) -> FingerprintBasis {
        encoder.start(tag: PartEncoding.fingerprintTag, version: Self.version)
        return composer.compose(input, into: &encoder)
    }
}

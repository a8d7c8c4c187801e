/// Whether a frame of a stack trace counts, and why not.
public enum FrameVerdict: String, Sendable, CaseIterable {
    /// It is part of the fingerprint.
    case kept
    /// The language's runtime, or generated code; left out since there are frames of the application.
    case runtime
    /// A package somebody else wrote; left out since there are frames of the application.
    case package
    /// The same function and file as an earlier frame of the same error in the chain.
    case repeated
    /// Neither function nor file is known.
    case nameless
    /// Behind ``FingerprintLimits/frames`` or ``FingerprintLimits/normalisedStackBytes``.
    case limit
}

/// Whose code a frame runs.
public enum FrameOrigin: String, Sendable, CaseIterable {
    /// The error's own application.
    case application
    /// The language's runtime and standard library, generated code, and code without a place.
    case runtime
    /// A package somebody else wrote.
    case package
}

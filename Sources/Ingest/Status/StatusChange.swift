public import Fingerprint

/// The status somebody wants errors to have.
public struct StatusChange: Sendable, Equatable {
    /// Errors in one request.
    public static let maxErrors = 1_000
    /// Bytes of a request's body: 1,000 fingerprints with generous white space.
    public static let maxBodyBytes = 256 * 1024
    /// Only the sync says that an error has regressed.
    public static let allowed: [ErrorStatus] = [.unresolved, .resolved, .ignored]

    /// One of `allowed`.
    public var status: ErrorStatus
    /// The release that is done with the error: only others open it again. With `resolved` only.
    public var resolvedInRelease: String?

    public init(status: ErrorStatus, resolvedInRelease: String? = nil) {
        self.status = status
        self.resolvedInRelease = resolvedInRelease
    }
}

/// The body of `PATCH /errors`.
public struct BulkStatusChange: Sendable, Equatable {
    /// 1 … `StatusChange.maxErrors`, each once.
    public var fingerprints: [Fingerprint]
    public var change: StatusChange

    public init(fingerprints: [Fingerprint], change: StatusChange) {
        self.fingerprints = fingerprints
        self.change = change
    }
}

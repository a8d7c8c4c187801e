public import Fingerprint

/// One row of `errors` joined with what is shown of its `error_details` in a list. Texts are UTF-8.
///
/// `type` … `release` are nil until the worker has stored the details; the counts may come first.
public struct StoredError: Sendable {
    public var fingerprint: Fingerprint
    public var project: String?
    public var type: String?
    public var message: String?
    public var level: String?
    public var service: String?
    public var environment: String?
    public var release: String?
    public var status: ErrorStatus
    public var count: UInt64
    public var firstSeenMilliseconds: Int64
    public var lastSeenMilliseconds: Int64
    /// When it was resolved, Unix milliseconds; nil unless the status is or was `resolved`.
    public var resolvedMilliseconds: Int64?
    /// The release it was resolved in: only other releases open it again (`RegressionRule`). Nil when any does.
    public var resolvedInRelease: String?

    public init(
        fingerprint: Fingerprint,
        status: ErrorStatus = .unresolved,
        count: UInt64,
        firstSeenMilliseconds: Int64,
        lastSeenMilliseconds: Int64
    ) {
        self.fingerprint = fingerprint
        self.status = status
        self.count = count
        self.firstSeenMilliseconds = firstSeenMilliseconds
        self.lastSeenMilliseconds = lastSeenMilliseconds
    }
}

/// What `GET /errors/{fingerprint}` shows beyond a list row.
public struct StoredErrorDetail: Sendable {
    public var error: StoredError
    public var stackTrace: String?
    /// A JSON object as text, as it was sent.
    public var contextJSON: String?
    /// The grouping version that made the fingerprint; nil until the worker has stored the details.
    public var groupingVersion: UInt8?
    /// A JSON array of `{"name","value"}` objects as text.
    public var groupingPartsJSON: String?

    public init(error: StoredError) {
        self.error = error
    }
}

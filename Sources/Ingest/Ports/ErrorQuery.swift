public import Fingerprint

/// What `GET /errors` asks for. Texts are compared for equality.
public struct ErrorQuery: Sendable, Equatable {
    public enum Sort: String, Sendable, CaseIterable { case lastSeenAt, firstSeenAt, count }

    public static let defaultLimit = 50
    public static let maxLimit = 500

    public var status: ErrorStatus?
    public var project: String?
    public var service: String?
    public var level: String?
    public var environment: String?
    /// Words of the type and the message.
    public var search: SearchQuery?
    /// Only errors last seen at or after this time, Unix milliseconds.
    public var sinceMilliseconds: Int64?
    /// Always descending.
    public var sort: Sort = .lastSeenAt
    /// 1 … `maxLimit`.
    public var limit: Int = defaultLimit
    /// Where the page before ended; nil for the first page.
    public var cursor: ErrorCursor?

    public init() {}
}

public enum ErrorStatus: String, Sendable, CaseIterable { case unresolved, resolved, ignored, regressed }

/// A position in a list of stored errors: the sort value and fingerprint of the last stored row shown or passed over.
public struct ErrorCursor: Sendable, Equatable {
    public var sort: ErrorQuery.Sort
    /// Unix milliseconds for the times, occurrences for `count`.
    public var value: Int64
    public var fingerprint: Fingerprint

    public init(sort: ErrorQuery.Sort, value: Int64, fingerprint: Fingerprint) {
        self.sort = sort
        self.value = value
        self.fingerprint = fingerprint
    }

    /// The position before the first stored row: 9999-12-31T23:59:59.999Z in milliseconds, a count nobody reaches.
    static func beforeEverything(_ sort: ErrorQuery.Sort) -> ErrorCursor {
        ErrorCursor(sort: sort, value: 253_402_300_799_999, fingerprint: .largest)
    }

    /// `<sort>.<value>.<fingerprint hex>`: opaque to callers, readable to us.
    public var text: String { "\(sort.rawValue).\(value).\(fingerprint.hex)" }

    public init?(text: String) {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 3, let sort = ErrorQuery.Sort(rawValue: String(parts[0])), let value = Int64(parts[1]),
            let fingerprint = Fingerprint(hex: parts[2].utf8)
        else { return nil }
        self.init(sort: sort, value: value, fingerprint: fingerprint)
    }
}

extension Fingerprint {
    /// Follows every other one.
    static let largest: Fingerprint = {
        guard let largest = Fingerprint(bytes: [UInt8](repeating: 0xFF, count: 32)) else {
            preconditionFailure("32 bytes are a fingerprint")
        }
        return largest
    }()
}

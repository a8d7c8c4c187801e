/// Reads the values that filters can have.
public protocol FacetReader: Sendable {
    /// One page of values in the order of their bytes.
    func facets(_ query: FacetQuery) async throws(StoreFailure) -> FacetPage
}

/// A field of reports whose values are kept for choosing from.
public enum FacetKind: String, Sendable, Hashable, CaseIterable, Comparable {
    case project, service, environment, release

    public static func < (one: FacetKind, other: FacetKind) -> Bool {
        one.rawValue < other.rawValue
    }
}

/// What `GET /projects`, `/services`, `/environments` and `/releases` ask for.
public struct FacetQuery: Sendable, Equatable {
    public static let defaultLimit = 100
    public static let maxLimit = 500

    public var kind: FacetKind
    /// Only values seen in this project.
    public var project: String?
    /// Only values that start with this; upper and lower case differ.
    public var prefix: String?
    /// 1 … `maxLimit`.
    public var limit = defaultLimit
    /// The last value of the page before.
    public var cursor: String?

    public init(_ kind: FacetKind) {
        self.kind = kind
    }
}

public struct FacetPage: Sendable, Equatable {
    public var values: [String]
    /// Where the next page starts; nil when there is none.
    public var nextCursor: String?

    public init(values: [String], nextCursor: String?) {
        self.values = values
        self.nextCursor = nextCursor
    }
}

public import Fingerprint

/// What one request asks the fast store to do, and what is needed to answer it.
///
/// Every item of the request is in `items`. The ones to be stored are in `groups`, summed up by fingerprint, or in `identified`:
/// those carry the client's own event id, and count only if the store has not seen it.
public struct ErrorAdmission: Sendable {
    /// All reports of the request with one fingerprint.
    public struct Group: Sendable {
        public var fingerprint: Fingerprint
        /// Reports without an event id of the client; empty when all of them have one.
        public var tally: Tally
        /// The first report of the group as an encoded `ErrorRecord`, to be enqueued when the window sees the fingerprint for the
        /// first time. Empty when the caller said that the window has seen it.
        public var record: [UInt8]
    }

    /// A report with an event id of the client. No two have the same hash.
    public struct Identified: Sendable {
        public var eventHash: Digest16
        /// Into `groups`.
        public var groupIndex: Int
        /// The one occurrence.
        public var tally: Tally
    }

    /// What became of one report of the request.
    public enum Place: Sendable, Equatable {
        /// Counted in the group.
        case group(Int)
        /// An element of `identified`.
        case identified(Int)
        /// Has the event id of an element of `identified`, which stood before it in this request: a duplicate.
        case repeated(Int)
        /// Not stored.
        case rejected(RequestRejection)
    }

    /// One report of the request, in its order.
    public struct Item: Sendable {
        public var place: Place
        /// The client's event id, or the one made for it; ASCII or UTF-8. Empty when the report was rejected.
        public var eventID: [UInt8]
        public var truncated: ErrorFieldSet = []
        public var repaired: ErrorFieldSet = []
        public var adjusted: ErrorFieldSet = []
        public var scrubbed: ErrorFieldSet = []
    }

    public internal(set) var groups: [Group] = []
    public internal(set) var identified: [Identified] = []
    public internal(set) var items: [Item] = []

    init() {}

    /// The group of a report that was not rejected.
    public func group(of item: Item) -> Group? {
        switch item.place {
        case .group(let index): groups[index]
        case .identified(let index), .repeated(let index): groups[identified[index].groupIndex]
        case .rejected: nil
        }
    }

    /// Reports that were not rejected.
    public var keptCount: Int { items.count { if case .rejected = $0.place { false } else { true } } }
}

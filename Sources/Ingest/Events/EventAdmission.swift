public import Fingerprint

/// What one request asks the fast store to do, and what is needed to answer it. Every item of the request is in `items`; the ones to be
/// stored are in `records`.
public struct EventAdmission: Sendable {
    /// One event to be stored.
    public struct Record: Sendable {
        /// The identity of the client's event id within its site; nil when the client sent none. No two records of a request share one.
        public var eventHash: Digest16?
        /// The encoded `EventRecord`.
        public var payload: [UInt8]
    }

    /// What became of one event of the request.
    public enum Place: Sendable, Equatable {
        /// An element of `records`.
        case record(Int)
        /// Has the client's event id of an element of `records`, which stood before it in this request: a duplicate.
        case repeated(Int)
        /// Not stored.
        case rejected(RequestRejection)
    }

    /// One event of the request, in its order.
    public struct Item: Sendable {
        public var place: Place
        /// The client's event id, or the one made for it; ASCII or UTF-8. Empty when the event was rejected.
        public var eventID: [UInt8]
    }

    public internal(set) var records: [Record] = []
    public internal(set) var items: [Item] = []

    init() {}
}

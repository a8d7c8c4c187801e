/// Every limit of the event path, in one place. The widths of the columns of `events` are these numbers: what passes here is never cut
/// by the store.
public enum EventLimits {
    /// Unicode scalars of a site id.
    public static let siteIDCharacters = 64
    /// Unicode scalars of an event type.
    public static let eventTypeCharacters = 64
    /// Unicode scalars of a path.
    public static let pathCharacters = 1024
    /// Unicode scalars of a user id and of a session id.
    public static let personIDCharacters = 128
    /// Unicode scalars of a URL and of a referrer.
    public static let addressCharacters = 2048
    /// Unicode scalars of a client's event id.
    public static let eventIDCharacters = 128
    /// Bytes of the properties as JSON.
    public static let propertiesBytes = 32 * 1024
    /// Objects and arrays within one another in the stored properties. MariaDB 10.11's JSON_VALID refuses 32.
    public static let propertiesDepth = 31
    /// Objects and arrays within one another in an event.
    public static let depth = ErrorLimits.depth
    /// Events in one batch.
    public static let batchItems = 1000
    /// An event happened at 1970-01-01T00:00:00Z or later …
    public static let oldestMilliseconds: Int64 = 0
    /// … and at most this long after it was received.
    public static let aheadMilliseconds: Int64 = 5 * 60 * 1000
    /// The last moment a record may name: 9999-12-31T23:59:59.999Z, the last of a `DATETIME(3)`.
    static let newestMilliseconds: Int64 = 253_402_300_799_999

    /// The limit of a text field; nil for fields that are no texts.
    public static func text(_ field: EventField) -> TextLimit? {
        switch field {
        case .siteID: .characters(siteIDCharacters)
        case .eventType: .characters(eventTypeCharacters)
        case .path: .characters(pathCharacters)
        case .userID, .sessionID: .characters(personIDCharacters)
        case .url, .referrer: .characters(addressCharacters)
        case .eventID: .characters(eventIDCharacters)
        case .properties: .bytes(propertiesBytes)
        case .timestamp, .value: nil
        }
    }
}

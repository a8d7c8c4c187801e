public import Fingerprint

/// The texts of an event.
public typealias EventTexts = FieldTexts<EventField>

/// What travels in a job for one event: everything the worker writes to `events`.
///
/// The wire form is read and written by `EventRecord+coding.swift`.
public struct EventRecord: Sendable {
    /// Tells the event from all others received on the same day: the hash of the client's event id within its site, or the 16 bytes of
    /// the id that was made for it.
    public var eventKey: Digest16
    /// When the event happened, Unix milliseconds: 1970 or later.
    public var occurredMilliseconds: Int64
    /// Unix milliseconds: 1970 or later.
    public var receivedMilliseconds: Int64
    /// The texts, `siteID`, `eventType` and `eventID` always among them; none is empty.
    public var texts: EventTexts
    /// Finite.
    public var value: Double?

    public init(
        eventKey: Digest16,
        occurredMilliseconds: Int64,
        receivedMilliseconds: Int64,
        texts: EventTexts,
        value: Double? = nil
    ) {
        self.eventKey = eventKey
        self.occurredMilliseconds = occurredMilliseconds
        self.receivedMilliseconds = receivedMilliseconds
        self.texts = texts
        self.value = value
    }
}

extension EventRecord: Equatable {
    public static func == (one: EventRecord, other: EventRecord) -> Bool {
        one.eventKey == other.eventKey && one.occurredMilliseconds == other.occurredMilliseconds
            && one.receivedMilliseconds == other.receivedMilliseconds
            && one.value?.bitPattern == other.value?.bitPattern
            && EventField.texts.allSatisfy { one.texts[$0] == other.texts[$0] }
    }
}

extension EventRecord {
    /// The UTC day of receipt, days since 1970: the partition the event belongs to, however late it is stored.
    public var receivedDay: Int { Int(receivedMilliseconds / 86_400_000) }

    /// Whether it counts as a view: its type is `page_view` or `view`.
    public var isView: Bool {
        guard let type = texts[.eventType] else { return false }
        return type.elementsEqual("page_view".utf8) || type.elementsEqual("view".utf8)
    }

    /// What the user is counted by; nil when the event names none. The same user of two sites has the same.
    public func userKey(_ fingerprinter: Fingerprinter) -> Digest16? {
        key(of: .userID, domain: "event-user", fingerprinter)
    }

    /// What the path is counted by; nil when the event names none.
    public func pathKey(_ fingerprinter: Fingerprinter) -> Digest16? {
        key(of: .path, domain: "event-path", fingerprinter)
    }

    private func key(of field: EventField, domain: StaticString, _ fingerprinter: Fingerprinter) -> Digest16? {
        let extent = texts.extent(of: field)
        guard extent.isPresent else { return nil }
        return texts.bytes.withUnsafeBytes { bytes in
            fingerprinter.digest16(domain: domain, nil, UnsafeRawBufferPointer(rebasing: bytes[extent.range]))
        }
    }
}

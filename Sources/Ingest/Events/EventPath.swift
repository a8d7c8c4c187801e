public import Fingerprint

/// The event path up to the fast store: bytes of a request in, what to enqueue out.
///
/// Make one for each event loop and use it only there: it owns scratch memory and a `Fingerprinter`, and is not Sendable for that
/// reason. Nothing here blocks or does I/O. The time is linear in the size of the body.
public final class EventPath: ItemPath {
    /// Separates event ids of events from those of the error path.
    private static let eventIDDomain: StaticString = "events"

    static let batchRules = BatchRules(
        maxItems: EventLimits.batchItems,
        tooMany: .tooManyEvents,
        empty: .emptyEventBatch,
        takesOneObject: true
    )

    var decoder = EventReportDecoder()
    private let fingerprinter: Fingerprinter
    private var eventIDs = EventIDGenerator()
    /// Records with an event id of the client in the batch at hand.
    private var identifiedIndices: [Digest16: Int] = [:]

    /// - Throws: libcrypto cannot provide SHA-256.
    public init() throws(FingerprintError) {
        fingerprinter = try Fingerprinter()
    }

    /// Reads one event.
    /// - Parameters:
    ///   - body: valid during the call; nothing of it is kept.
    ///   - milliseconds: the time of receipt, Unix.
    public func admission(
        forSingle body: UnsafeRawBufferPointer,
        receivedAt milliseconds: Int64
    ) throws(RequestRejection) -> EventAdmission {
        try decodeOnly(body, receivedAt: milliseconds)
        var admission = EventAdmission()
        add(to: &admission, isAlone: true)
        return admission
    }

    /// Reads a JSON array of events, events in lines, or one event, at most `EventLimits.batchItems`.
    public func admission(
        forBatch body: UnsafeRawBufferPointer,
        receivedAt milliseconds: Int64
    ) throws(RequestRejection) -> EventAdmission {
        identifiedIndices.removeAll(keepingCapacity: true)
        var admission = EventAdmission()
        try addBatch(body, receivedAt: milliseconds, to: &admission)
        return admission
    }

    func add(_ rejection: RequestRejection?, to admission: inout EventAdmission) {
        if let rejection {
            admission.items.append(EventAdmission.Item(place: .rejected(rejection), eventID: []))
        } else {
            add(to: &admission, isAlone: false)
        }
    }

    /// Adds the event decoded last.
    private func add(to admission: inout EventAdmission, isAlone: Bool) {
        let eventHash = eventHash()
        if let eventHash, let earlier = isAlone ? nil : identifiedIndices[eventHash] {
            admission.items.append(EventAdmission.Item(place: .repeated(earlier), eventID: eventID()))
            return
        }
        let index = admission.records.count
        if let eventHash, !isAlone { identifiedIndices[eventHash] = index }
        let eventKey = eventHash ?? makeEventID()
        let record = EventRecord(
            eventKey: eventKey,
            occurredMilliseconds: decoder.occurredMilliseconds,
            receivedMilliseconds: decoder.receivedMilliseconds,
            texts: decoder.texts,
            value: decoder.value
        )
        admission.records.append(EventAdmission.Record(eventHash: eventHash, payload: record.encoded()))
        admission.items.append(EventAdmission.Item(place: .record(index), eventID: eventID()))
    }

    private func eventID() -> [UInt8] {
        decoder.texts[.eventID].map(Array.init) ?? []
    }

    /// The identity of the client's event id within its site; nil when the event has none.
    private func eventHash() -> Digest16? {
        let texts = decoder.texts
        let id = texts.extent(of: .eventID)
        guard id.isPresent else { return nil }
        return texts.bytes.withUnsafeBytes { bytes in
            fingerprinter.digest16(
                domain: Self.eventIDDomain,
                UnsafeRawBufferPointer(rebasing: bytes[texts.extent(of: .siteID).range]),
                UnsafeRawBufferPointer(rebasing: bytes[id.range])
            )
        }
    }

    /// Gives the event an id. Returns its 16 bytes, which are the event's key.
    private func makeEventID() -> Digest16 {
        let start = decoder.texts.bytes.count
        let id = eventIDs.next(atMilliseconds: decoder.receivedMilliseconds)
        id.appendText(to: &decoder.texts.bytes)
        decoder.texts.setExtent(TextExtent(start..<decoder.texts.bytes.count), of: .eventID)
        return id.digest
    }
}

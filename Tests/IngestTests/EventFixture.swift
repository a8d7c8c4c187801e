import Fingerprint
import Ingest
import QueueCore
import Testing

/// The one event of a request, read back from the record a worker would get.
struct KeptEvent {
    var admission: EventAdmission
    var record: EventRecord

    var item: EventAdmission.Item { admission.items[0] }

    func text(_ field: EventField) -> String? {
        record.texts[field].flatMap { String(validating: $0, as: UTF8.self) }
    }
}

func admitEvent(_ body: [UInt8], at now: Int64 = receivedMilliseconds) throws -> EventAdmission {
    let path = try EventPath()
    return try body.withUnsafeBytes { try path.admission(forSingle: $0, receivedAt: now) }
}

func admitEvents(_ body: String, at now: Int64 = receivedMilliseconds) throws -> EventAdmission {
    let path = try EventPath()
    return try Array(body.utf8).withUnsafeBytes { try path.admission(forBatch: $0, receivedAt: now) }
}

func keptEvent(_ body: [UInt8], at now: Int64 = receivedMilliseconds) throws -> KeptEvent {
    let admission = try admitEvent(body, at: now)
    return KeptEvent(admission: admission, record: try EventRecord(decoding: admission.records[0].payload))
}

func keptEvent(_ body: String, at now: Int64 = receivedMilliseconds) throws -> KeptEvent {
    try keptEvent(Array(body.utf8), at: now)
}

/// A valid event with more members; a member given here takes the place of a required one.
func event(_ members: String...) -> String {
    let standard = [
        "\"site_id\":\"s\"", "\"event_type\":\"page_view\"", "\"timestamp\":\"2023-11-14T22:13:20Z\"",
    ]
    let kept = standard.filter { text in
        !members.contains { $0.hasPrefix(text.prefix { $0 != ":" } + ":") }
    }
    return "{" + (kept + members).filter { !$0.isEmpty }.joined(separator: ",") + "}"
}

/// Why a single event is rejected; nil when it is not.
func eventRejection(_ body: [UInt8], at now: Int64 = receivedMilliseconds) throws -> RequestRejection? {
    do {
        _ = try admitEvent(body, at: now)
        return nil
    } catch let rejection as RequestRejection {
        return rejection
    }
}

func eventRejection(_ body: String, at now: Int64 = receivedMilliseconds) throws -> RequestRejection? {
    try eventRejection(Array(body.utf8), at: now)
}

/// The details in the answer of `/api/event` to an event it rejects, as they stand in the JSON; nil when it takes it.
func eventDetails(_ body: [UInt8], at now: Int64 = receivedMilliseconds) throws -> String? {
    guard let rejection = try eventRejection(body, at: now) else { return nil }
    var output: [UInt8] = []
    EventReply.append(rejection, style: .envelope, to: &output)
    let text = String(decoding: output, as: UTF8.self)
    let start = "{\"success\":false,\"error\":\"Validation failed\",\"details\":["
    try #require(text.hasPrefix(start) && text.hasSuffix("]}"))
    return String(text.dropFirst(start.count).dropLast(2))
}

func eventDetails(_ body: String, at now: Int64 = receivedMilliseconds) throws -> String? {
    try eventDetails(Array(body.utf8), at: now)
}

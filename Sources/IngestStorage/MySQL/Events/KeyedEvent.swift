import Fingerprint
import Ingest
import MySQLClient

/// A decoded event with the keys it is stored and counted under.
struct KeyedEvent {
    let record: EventRecord
    let site: [UInt8]
    /// Absent when the event names none.
    let path: (key: Digest16, text: [UInt8])?
    let user: Digest16?

    init(_ record: EventRecord, _ fingerprinter: Fingerprinter) {
        self.record = record
        site = record.texts[.siteID].map(Array.init) ?? []
        path = record.pathKey(fingerprinter).flatMap { key in
            record.texts[.path].map { (key, Array($0)) }
        }
        user = record.userKey(fingerprinter)
    }

    /// Adds the values of `insert_events.sql`.
    func append(to row: inout [MySQLValue], token: UInt64) {
        row.append(Self.date(record.receivedDay))
        row.append(.bytes(record.eventKey.bytes))
        row.append(.uint(token))
        row.append(.text(site))
        row.append(text(.eventType))
        row.append(.dateTime(milliseconds: record.occurredMilliseconds))
        row.append(.dateTime(milliseconds: record.receivedMilliseconds))
        row.append(text(.eventID))
        row.append(path.map { .text($0.text) } ?? .null)
        row.append(text(.userID))
        row.append(text(.sessionID))
        row.append(text(.url))
        row.append(text(.referrer))
        row.append(record.value.map(MySQLValue.double) ?? .null)
        row.append(text(.properties))
    }

    /// A value for a DATE, by its number of days since 1970.
    static func date(_ day: Int) -> MySQLValue {
        .dateTime(milliseconds: Int64(day) * MySQLDateTime.millisecondsPerDay)
    }

    /// The order of the primary key of `events`.
    static func precedes(_ one: KeyedEvent, _ other: KeyedEvent) -> Bool {
        (one.record.receivedDay, one.record.eventKey) < (other.record.receivedDay, other.record.eventKey)
    }

    /// Whether both are one row of `events`.
    static func isSame(_ one: KeyedEvent, _ other: KeyedEvent) -> Bool {
        one.record.receivedDay == other.record.receivedDay && one.record.eventKey == other.record.eventKey
    }

    private func text(_ field: EventField) -> MySQLValue {
        record.texts[field].map { .text(Array($0)) } ?? .null
    }
}

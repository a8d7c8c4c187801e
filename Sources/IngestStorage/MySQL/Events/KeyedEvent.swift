import Fingerprint
import Ingest
import MySQLClient

/// A decoded event with the keys it is stored and counted under.
struct KeyedEvent {
    let record: EventRecord
    /// The UTC day of receipt, days since 1970.
    let day: Int
    let isView: Bool
    /// Of a view; absent when the event names no path.
    let path: Digest16?
    /// Absent when the event names none.
    let user: Digest16?

    init(_ record: EventRecord, _ fingerprinter: Fingerprinter) {
        self.record = record
        day = record.receivedDay
        isView = record.isView
        path = isView ? record.pathKey(fingerprinter) : nil
        user = record.userKey(fingerprinter)
    }

    /// How long after it happened the event was received, milliseconds.
    var age_ms: Int64 { record.receivedMilliseconds - record.occurredMilliseconds }

    var site: ArraySlice<UInt8> { record.texts[.siteID] ?? [] }

    /// Adds the values of `insert_events.sql`.
    func append(to row: inout MySQLRows, token: UInt64) {
        row.append(Self.date(day))
        row.append(record.eventKey)
        row.append(uint: token)
        row.append(text: site)
        row.append(optionalText: record.texts[.eventType])
        row.append(dateTime: record.occurredMilliseconds)
        row.append(dateTime: record.receivedMilliseconds)
        row.append(optionalText: record.texts[.eventID])
        row.append(optionalText: record.texts[.path])
        row.append(optionalText: record.texts[.userID])
        row.append(optionalText: record.texts[.sessionID])
        row.append(optionalText: record.texts[.url])
        row.append(optionalText: record.texts[.referrer])
        if let value = record.value { row.append(double: value) } else { row.appendNull() }
        row.append(optionalText: record.texts[.properties])
    }

    /// A value for a DATE, by its number of days since 1970.
    static func date(_ day: Int) -> MySQLValue {
        .dateTime(milliseconds: Int64(day) * MySQLDateTime.millisecondsPerDay)
    }
}

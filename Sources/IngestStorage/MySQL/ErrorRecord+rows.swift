import Fingerprint
import Ingest
import MySQLClient

extension ErrorRecord {
    /// The values of `insert_errors.sql`.
    var errorRow: [MySQLValue] {
        [
            .bytes(fingerprint.bytes), text(.project), .dateTime(milliseconds: eventMilliseconds),
            .dateTime(milliseconds: eventMilliseconds),
        ]
    }

    /// The values of `insert_error_details.sql`.
    var detailRow: [MySQLValue] {
        [
            .bytes(fingerprint.bytes), text(.type), text(.message), text(.stackTrace), text(.level), text(.service),
            text(.environment), text(.release), text(.context), .bytes(texts[.eventId].map(Array.init) ?? []),
            .dateTime(milliseconds: eventMilliseconds), .dateTime(milliseconds: receivedMilliseconds),
            .uint(UInt64(grouping.version)), .text(grouping.partsJSON),
        ]
    }

    private func text(_ field: ErrorField) -> MySQLValue {
        texts[field].map { .text(Array($0)) } ?? .null
    }
}

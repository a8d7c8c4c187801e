import Fingerprint
import Ingest
import MySQLClient

extension ErrorRecord {
    /// What can be searched for.
    var searchText: SearchText { SearchText(type: texts[.type], message: texts[.message]) }

    /// The values of `insert_errors.sql`.
    func errorRow(_ bits: SearchBits) -> [MySQLValue] {
        [
            .bytes(fingerprint.bytes), text(.project), key(.project), key(.service), key(.level), key(.environment),
            .uint(bits.low), .uint(bits.high), .dateTime(milliseconds: eventMilliseconds),
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

    /// The values of `insert_occurrences.sql`.
    func occurrenceRow(_ key: TimeOrderedKey) -> [MySQLValue] {
        [
            .bytes(fingerprint.bytes), .bytes(key.bytes), .bytes(texts[.eventId].map(Array.init) ?? []),
            .dateTime(milliseconds: eventMilliseconds), .dateTime(milliseconds: receivedMilliseconds), text(.type),
            text(.message), text(.stackTrace), text(.level), text(.service), text(.environment), text(.release),
            text(.context),
        ]
    }

    private func key(_ field: ErrorField) -> MySQLValue {
        texts[field].map(ListKey.value(of:)) ?? .null
    }

    private func text(_ field: ErrorField) -> MySQLValue {
        texts[field].map { .text(Array($0)) } ?? .null
    }
}

import Fingerprint
import Ingest
import MySQLClient

extension ErrorRecord {
    /// What can be searched for.
    var searchText: SearchText { SearchText(type: texts[.type], message: texts[.message]) }

    /// Adds the values of `insert_errors.sql`.
    func appendError(_ bits: SearchBits, to row: inout MySQLRows) {
        row.append(fingerprint)
        row.append(optionalText: texts[.project])
        row.append(key(.project))
        row.append(key(.service))
        row.append(key(.level))
        row.append(key(.environment))
        row.append(uint: bits.low)
        row.append(uint: bits.high)
        row.append(dateTime: eventMilliseconds)
        row.append(dateTime: eventMilliseconds)
    }

    /// Adds the values of `insert_error_details.sql`.
    func appendDetails(to row: inout MySQLRows) {
        row.append(fingerprint)
        appendTexts(to: &row)
        row.append(bytes: texts[.eventId] ?? [])
        row.append(dateTime: eventMilliseconds)
        row.append(dateTime: receivedMilliseconds)
        row.append(uint: UInt64(grouping.version))
        row.append(text: grouping.partsJSON)
    }

    /// Adds the values of `insert_occurrences.sql`.
    func appendOccurrence(_ key: TimeOrderedKey, to row: inout MySQLRows) {
        row.append(fingerprint)
        row.append(bytes: key.bytes)
        row.append(bytes: texts[.eventId] ?? [])
        row.append(dateTime: eventMilliseconds)
        row.append(dateTime: receivedMilliseconds)
        appendTexts(to: &row)
    }

    /// Type to context, in the order that both tables have them in.
    private func appendTexts(to row: inout MySQLRows) {
        row.append(optionalText: texts[.type])
        row.append(optionalText: texts[.message])
        row.append(optionalText: texts[.stackTrace])
        row.append(optionalText: texts[.level])
        row.append(optionalText: texts[.service])
        row.append(optionalText: texts[.environment])
        row.append(optionalText: texts[.release])
        row.append(optionalText: texts[.context])
    }

    private func key(_ field: ErrorField) -> MySQLValue {
        texts[field].map(ListKey.value(of:)) ?? .null
    }
}

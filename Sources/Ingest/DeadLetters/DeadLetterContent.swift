import Fingerprint
package import QueueCore

/// What the payload of a dead letter says, as far as this version can read it.
package struct DeadLetterContent: Sendable {
    package enum Value: Sendable, Equatable {
        case text(String)
        /// Unix milliseconds.
        case time(Int64)
        case number(Double)
    }

    /// Which record a payload is, by its queue.
    package enum Kind: Sendable {
        case errors, events
    }

    /// In the order of a report; nil when the payload is no record of its queue.
    package let fields: [(name: StaticString, value: Value)]?

    package init(_ letter: StoredDeadLetter, kind: Kind?) {
        let payload = letter.payload ?? []
        switch kind {
        case .errors: fields = (try? ErrorRecord(decoding: payload)).map(Self.fields)
        case .events: fields = (try? EventRecord(decoding: payload)).map(Self.fields)
        case nil: fields = nil
        }
    }

    private static func fields(_ record: ErrorRecord) -> [(name: StaticString, value: Value)] {
        [
            ("fingerprint", .text(record.fingerprint.hex)), ("timestamp", .time(record.eventMilliseconds)),
            ("receivedAt", .time(record.receivedMilliseconds)),
        ] + texts(ErrorField.texts, record.texts, \.name)
    }

    private static func fields(_ record: EventRecord) -> [(name: StaticString, value: Value)] {
        [("timestamp", .time(record.occurredMilliseconds)), ("received_at", .time(record.receivedMilliseconds))]
            + texts(EventField.texts, record.texts, \.name) + (record.value.map { [("value", .number($0))] } ?? [])
    }

    private static func texts<Field: TextField>(
        _ fields: some Sequence<Field>, _ texts: FieldTexts<Field>, _ name: (Field) -> StaticString
    ) -> [(name: StaticString, value: Value)] {
        fields.compactMap { field in
            texts[field].map { (name(field), .text(String(decoding: $0, as: UTF8.self))) }
        }
    }
}

public import Fingerprint

/// What travels in a job for an error first seen in a window: everything the worker writes to `errors` and `error_details`.
///
/// The wire form is read and written by `ErrorRecord+coding.swift`.
public struct ErrorRecord: Sendable {
    public var fingerprint: Fingerprint
    public var grouping: ErrorGrouping
    /// When the error happened (effective event time), Unix milliseconds.
    public var eventMilliseconds: Int64
    /// Unix milliseconds.
    public var receivedMilliseconds: Int64
    /// The texts, `message` and `eventId` always among them. `context` is a JSON object.
    public var texts: ErrorTexts

    public init(
        fingerprint: Fingerprint,
        grouping: ErrorGrouping,
        eventMilliseconds: Int64,
        receivedMilliseconds: Int64,
        texts: ErrorTexts
    ) {
        self.fingerprint = fingerprint
        self.grouping = grouping
        self.eventMilliseconds = eventMilliseconds
        self.receivedMilliseconds = receivedMilliseconds
        self.texts = texts
    }
}

extension ErrorRecord: Equatable {
    public static func == (one: ErrorRecord, other: ErrorRecord) -> Bool {
        one.fingerprint == other.fingerprint && one.grouping == other.grouping
            && one.eventMilliseconds == other.eventMilliseconds
            && one.receivedMilliseconds == other.receivedMilliseconds
            && ErrorField.texts.allSatisfy { one.texts[$0] == other.texts[$0] }
    }
}

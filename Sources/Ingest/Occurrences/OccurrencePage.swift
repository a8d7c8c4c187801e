/// Some of the kept occurrences of one error, newest first.
public struct OccurrencePage: Sendable {
    public static let defaultLimit = 20
    public static let maxLimit = 100
    /// A page ends early when its texts have more bytes than this: 100 of the largest reports would have 33 MB.
    public static let maxTextBytes = 4 * 1024 * 1024

    public var occurrences: [StoredOccurrence]
    /// Where the next page starts; nil when there is none.
    public var nextCursor: TimeOrderedKey?

    public init(occurrences: [StoredOccurrence], nextCursor: TimeOrderedKey?) {
        self.occurrences = occurrences
        self.nextCursor = nextCursor
    }
}

extension OccurrencePage {
    /// The body of `GET /errors/{fingerprint}/occurrences`.
    package var json: [UInt8] {
        var writer = JSONWriter(reserving: 64 + 1_024 * occurrences.count)
        writer.object { writer in
            writer.key("occurrences")
            writer.array { writer in
                for occurrence in occurrences { writer.object { occurrence.write(to: &$0) } }
            }
            writer.field("nextCursor", nextCursor?.text)
        }
        return writer.bytes
    }
}

extension StoredOccurrence {
    fileprivate func write(to writer: inout JSONWriter) {
        writer.field("eventId", eventID)
        writer.field("occurredAt", milliseconds: occurredMilliseconds)
        writer.field("receivedAt", milliseconds: receivedMilliseconds)
        writer.field("type", type)
        writer.field("message", message)
        writer.field("stackTrace", stackTrace)
        writer.field("level", level)
        writer.field("service", service)
        writer.field("environment", environment)
        writer.field("release", release)
        writer.key("context")
        if let contextJSON { writer.raw(contextJSON.utf8) } else { writer.null() }
    }
}

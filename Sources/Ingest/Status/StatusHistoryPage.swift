/// Some of the changes of one error's status, newest first.
public struct StatusHistoryPage: Sendable {
    /// One change.
    public struct Entry: Sendable, Equatable {
        public var key: TimeOrderedKey
        /// Unix milliseconds.
        public var changedMilliseconds: Int64
        public var step: StatusTransition.Step

        public init(key: TimeOrderedKey, changedMilliseconds: Int64, step: StatusTransition.Step) {
            self.key = key
            self.changedMilliseconds = changedMilliseconds
            self.step = step
        }
    }

    public static let defaultLimit = 20
    public static let maxLimit = 100
    /// Changes kept of one error, the newest.
    public static let maxKept = 100

    public var entries: [Entry]
    /// Where the next page starts; nil when there is none.
    public var nextCursor: TimeOrderedKey?

    public init(entries: [Entry], nextCursor: TimeOrderedKey?) {
        self.entries = entries
        self.nextCursor = nextCursor
    }
}

extension StatusHistoryPage {
    /// The body of `GET /errors/{fingerprint}/history`.
    package var json: [UInt8] {
        var writer = JSONWriter(reserving: 64 + 192 * entries.count)
        writer.object { writer in
            writer.key("history")
            writer.array { writer in
                for entry in entries {
                    writer.object { writer in
                        writer.field("changedAt", milliseconds: entry.changedMilliseconds)
                        writer.field("from", entry.step.from.rawValue)
                        writer.field("to", entry.step.to.rawValue)
                        writer.field("by", entry.step.by)
                        writer.field("release", entry.step.release)
                    }
                }
            }
            writer.field("nextCursor", nextCursor?.text)
        }
        return writer.bytes
    }
}

/// Why a store did not take records.
public struct WorkFailure: Error, Sendable, Hashable, CustomStringConvertible {
    /// What a worker does about a failure.
    public enum Class: String, Sendable, Hashable, CaseIterable {
        /// The store cannot at the moment: roll back, retry the same batch.
        case infrastructure
        /// A record is bad: bisect, bury only that one.
        case data
        /// The store is not set up for this service: stop, say so, bury nothing.
        case configuration
        /// A record of a newer version of this service: its job is left for a newer worker, the others go on.
        case newerFormat
        /// The worker itself gave the transaction up; stores never make this one.
        case aborted
    }

    public var `class`: Class
    /// The store's own number, 0 if it has none.
    public var code: Int
    /// The store's own words. May quote values of a record, so data failures are never logged with it.
    public var message: String
    /// The store does not know its own code: handled as infrastructure, with an alarm.
    public var unknownCode: Bool

    public init(_ class: Class, code: Int, message: String, unknownCode: Bool = false) {
        self.class = `class`
        self.code = code
        self.message = message
        self.unknownCode = unknownCode
    }

    public var description: String { "\(self.class.rawValue) failure \(code): \(message)" }
}

/// Why a store could not do what was asked of it. Thrown by every port of this module.
public struct StoreFailure: Error, Sendable, CustomStringConvertible {
    /// When it happens.
    public struct Code: Sendable, Hashable, CustomStringConvertible {
        private enum Value: String, Sendable { case unavailable, outcomeUnknown, configuration, epochChanged, corrupt }
        private let value: Value

        /// The store is away, busy, or refused for a reason that passes; nothing was changed. Try again later.
        public static let unavailable = Code(value: .unavailable)
        /// The request was sent and its answer was lost. It may have been done; only an idempotent request may be repeated.
        public static let outcomeUnknown = Code(value: .outcomeUnknown)
        /// A table, column or privilege is missing. It does not pass by itself; an operator has to act.
        public static let configuration = Code(value: .configuration)
        /// The fast store is not the one this connection met (restart, fail-over, roll-back); nothing was changed. Recover first.
        public static let epochChanged = Code(value: .epochChanged)
        /// The store holds a value no version of this service writes.
        public static let corrupt = Code(value: .corrupt)

        public var description: String { value.rawValue }
    }

    public var code: Code
    /// What happened, for the log: no payloads, no passwords.
    public var message: String

    public init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    public var description: String { "\(code): \(message)" }
}

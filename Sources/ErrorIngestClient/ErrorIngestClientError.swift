/// Why a client cannot be made or run. Reporting itself never fails: see `ErrorIngestClient.Event`.
public struct ErrorIngestClientError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The kind of failure; new ones may be added, so switch with a default.
    public struct Code: Sendable, Hashable, CustomStringConvertible {
        private enum Value: String { case invalidConfiguration, alreadyRun }
        private let value: Value

        /// A field of the configuration breaks its rule; the message names the field and the rule.
        public static let invalidConfiguration = Code(value: .invalidConfiguration)
        /// `run()` was called a second time.
        public static let alreadyRun = Code(value: .alreadyRun)

        public var description: String { value.rawValue }
    }

    public let code: Code
    /// For people.
    public let message: String

    public var description: String { "\(code): \(message)" }

    static func invalid(_ field: String, _ rule: String) -> ErrorIngestClientError {
        ErrorIngestClientError(code: .invalidConfiguration, message: "\(field) \(rule)")
    }
}

/// Why bytes are no record of the kind that was asked for.
public struct RecordError: Error, Sendable, Equatable, CustomStringConvertible {
    /// When it happens.
    public struct Code: Sendable, Hashable {
        private enum Value: Sendable { case unknownVersion, malformed }
        private let value: Value

        /// The record was written by a newer version of this service. A worker that knows the version can read it.
        public static let unknownVersion = Code(value: .unknownVersion)
        /// No version of this service writes such bytes: too short, too long, a text over its limit or not UTF-8.
        public static let malformed = Code(value: .malformed)
    }

    public var code: Code
    public var message: String

    public var description: String { message }
}

/// What went wrong in a call to the server, or before it reached the server.
///
/// `number` is the error number of the server's or the client library's manual (1062, 2013, …), 0 when the failure has
/// none. The message never holds a password.
public struct MySQLError: Error, Sendable, Hashable {
    /// Says *when* the failure happened. New codes may be added.
    public struct Code: Sendable, Hashable, CustomStringConvertible {
        private enum Base: String {
            case server, connectionLost, connectFailed, poolTimedOut, poolFull, closed, cancelled, invalidURL, misuse
            case tooManyRows, malformedValue
        }

        private let base: Base

        private init(_ base: Base) {
            self.base = base
        }

        public var description: String { base.rawValue }

        /// The server refused a statement; the connection is still good unless `isConnectionBroken` says otherwise.
        public static let server = Code(.server)
        /// The connection broke or ran into a time limit in the middle of a call: whether the statement took effect is
        /// unknown.
        public static let connectionLost = Code(.connectionLost)
        /// No connection could be made: no statement was sent.
        public static let connectFailed = Code(.connectFailed)
        /// Every connection of the pool stayed in use for the whole acquire time limit: no statement was sent.
        public static let poolTimedOut = Code(.poolTimedOut)
        /// Too many callers were waiting for a connection already: no statement was sent.
        public static let poolFull = Code(.poolFull)
        /// The pool was shut down, or the connection closed, before the call.
        public static let closed = Code(.closed)
        /// The calling task was cancelled while it waited for a connection: no statement was sent.
        public static let cancelled = Code(.cancelled)
        /// The URL breaks a rule; the message names the rule and the remedy.
        public static let invalidURL = Code(.invalidURL)
        /// The caller broke a rule of this module, such as a wrong number of parameters.
        public static let misuse = Code(.misuse)
        /// A result had more rows than the caller's limit; the rest was discarded.
        public static let tooManyRows = Code(.tooManyRows)
        /// A value can't be carried exactly, such as a zero date.
        public static let malformedValue = Code(.malformedValue)
    }

    public var code: Code
    public var number: UInt32
    public var sqlState: String
    public var message: String

    public init(code: Code, number: UInt32 = 0, sqlState: String = "", message: String) {
        self.code = code
        self.number = number
        self.sqlState = sqlState
        self.message = message
    }

    static let poolTimedOut = MySQLError(
        code: .poolTimedOut,
        message: "every MySQL connection stayed in use for the whole time limit"
    )
    static let poolFull = MySQLError(code: .poolFull, message: "too many callers wait for a MySQL connection")
    static let poolClosed = MySQLError(code: .closed, message: "the MySQL connection pool was shut down")
    static let cancelled = MySQLError(code: .cancelled, message: "cancelled while waiting for a MySQL connection")
    static let connectionClosed = MySQLError(code: .closed, message: "the MySQL connection is closed")
}

extension MySQLError: CustomStringConvertible {
    public var description: String {
        number == 0 ? "MySQL \(code): \(message)" : "MySQL \(code) \(number): \(message)"
    }
}

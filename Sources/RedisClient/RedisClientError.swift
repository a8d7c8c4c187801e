/// Why a command to Redis did not give a value. Small (24 bytes and a tag) and never boxed: it travels in `Result`
/// and in typed throws. No message ever holds a password.
public struct RedisClientError: Error, Sendable, Hashable {
    /// The kind of failure; new ones may be added, so switch with a default.
    public struct Code: Sendable, Hashable, CustomStringConvertible {
        private enum Value: UInt8 {
            case invalidURL, connectFailed, authenticationFailed, notConnected, backlogFull
            case replyLost, timedOut, serverError, protocolViolation, shutDown, tlsFailed
        }

        private let value: Value

        private init(_ value: Value) {
            self.value = value
        }

        /// The text given as the address of the server is not one, or a file it names cannot be used.
        public static let invalidURL = Code(.invalidURL)
        /// No usable connection: the server is not reachable, still loads its data, is a replica, or is not Redis.
        public static let connectFailed = Code(.connectFailed)
        /// No usable connection: the TLS handshake failed, or the certificate is not the server's.
        public static let tlsFailed = Code(.tlsFailed)
        /// The server wants other credentials, or these lack a permission.
        public static let authenticationFailed = Code(.authenticationFailed)
        /// There is no connection now; nothing was sent.
        public static let notConnected = Code(.notConnected)
        /// Too many commands or bytes wait for replies; nothing was sent.
        public static let backlogFull = Code(.backlogFull)
        /// Sent, and the connection ended before the reply: whether it ran is unknown.
        public static let replyLost = Code(.replyLost)
        /// Sent, and no reply within the time limit: whether it ran is unknown. The connection is dropped.
        public static let timedOut = Code(.timedOut)
        /// The server answered with an error; see `serverErrorCode`.
        public static let serverError = Code(.serverError)
        /// What the server sent is not RESP2 or is beyond the limits. The connection is dropped.
        public static let protocolViolation = Code(.protocolViolation)
        /// The link was shut down before the command; nothing was sent.
        public static let shutDown = Code(.shutDown)

        public var description: String { "\(value)" }
    }

    public let code: Code
    /// For operators: what happened, and the remedy where there is one.
    public let message: String

    public init(code: Code, message: String) {
        self.code = code
        self.message = message
    }

    // Rejections come in floods, so they are made once.
    static let notConnected = RedisClientError(code: .notConnected, message: "not connected to Redis")
    static let backlogFull = RedisClientError(
        code: .backlogFull,
        message: "too many commands or bytes are waiting for replies from Redis"
    )
    static let shutDown = RedisClientError(code: .shutDown, message: "the connection to Redis was shut down")

    /// True when the command certainly did not reach the server: it may be sent again without a second thought.
    public var nothingWasSent: Bool {
        switch code {
        case .invalidURL, .connectFailed, .tlsFailed, .authenticationFailed, .notConnected, .backlogFull, .shutDown:
            true
        default: false
        }
    }

    /// True when the command may or may not have run.
    public var outcomeIsUnknown: Bool {
        switch code {
        case .replyLost, .timedOut, .protocolViolation: true
        default: false
        }
    }

    /// The first word of an error reply: `OOM`, `READONLY`, `LOADING`, `NOSCRIPT`, `NOGROUP`, `ERR`, …; nil when the
    /// failure is not an error reply.
    public var serverErrorCode: String? {
        guard code == .serverError else { return nil }
        return String(message.prefix { $0 != " " })
    }
}

extension RedisClientError: CustomStringConvertible {
    public var description: String { "\(code): \(message)" }
}

extension RedisClientError {
    /// Longest part of an error reply that is kept, in bytes.
    private static let maxServerMessageBytes = 1024

    /// An error reply. Servers quote what was sent to them, hence the cut; bytes that are not UTF-8 are repaired, since
    /// the text is for people.
    init(serverReply bytes: [UInt8]) {
        self.init(
            code: .serverError,
            message: String(decoding: bytes.prefix(Self.maxServerMessageBytes), as: UTF8.self)
        )
    }
}

/// One part of what was hashed.
public struct FingerprintPart: Sendable, Hashable {
    /// The raw value is the tag hashed in front of the part. Tags are never reused for another meaning.
    public enum Name: UInt8, Sendable, CaseIterable {
        case project = 1
        case type = 2
        /// The function of a stack frame; always followed by the frame's `file`. Either may be empty, not both.
        case function = 3
        case file = 4
        /// The normalised message.
        case message = 5
        /// An element of the caller's `fingerprint`, as sent.
        case custom = 6
        /// The message as sent, hashed without tag and length (``Grouping/message``).
        case rawMessage = 7
        /// The type of the error behind the one whose frames come before, where the stack trace names it.
        case cause = 8

        /// The name in stored and displayed explanations.
        public var text: String {
            switch self {
            case .project: "project"
            case .type: "type"
            case .function: "function"
            case .file: "file"
            case .message: "message"
            case .custom: "custom"
            case .rawMessage: "rawMessage"
            case .cause: "cause"
            }
        }
    }

    public let name: Name
    /// The bytes as hashed; not necessarily valid UTF-8, since a part is cut at a byte.
    public let bytes: [UInt8]

    public init(name: Name, bytes: [UInt8]) {
        self.name = name
        self.bytes = bytes
    }
}

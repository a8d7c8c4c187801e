/// A reply in RESP2, decoded. Texts are bytes: Redis strings are binary.
public enum RedisValue: Sendable, Hashable {
    /// A null bulk string or a null array.
    case null
    case integer(Int64)
    case string([UInt8])
    /// A simple string such as `OK`.
    case status([UInt8])
    /// An error inside an array. At the top level an error reply is a `RedisClientError` instead.
    case error([UInt8])
    case array([RedisValue])

    public var isNull: Bool { self == .null }

    /// The number, also when the server wrote it as decimal text.
    public var integerValue: Int64? {
        switch self {
        case .integer(let value): value
        case .string(let bytes), .status(let bytes): Int64(String(decoding: bytes, as: UTF8.self))
        case .null, .error, .array: nil
        }
    }

    /// The bytes of a string, a status or an error.
    public var bytes: [UInt8]? {
        switch self {
        case .string(let bytes), .status(let bytes), .error(let bytes): bytes
        case .null, .integer, .array: nil
        }
    }

    /// The bytes of a string, a status or an error as text; bytes that are not UTF-8 are repaired, so use it only for
    /// what the server itself writes.
    public var text: String? {
        bytes.map { String(decoding: $0, as: UTF8.self) }
    }

    public var elements: [RedisValue]? {
        guard case .array(let elements) = self else { return nil }
        return elements
    }
}

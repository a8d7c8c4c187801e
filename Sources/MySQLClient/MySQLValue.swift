/// One value of a parameter or of a result column. Nothing is rounded or repaired on the way.
public enum MySQLValue: Sendable, Hashable {
    case null
    /// Every signed integer type.
    case int(Int64)
    /// Every unsigned integer type.
    case uint(UInt64)
    case double(Double)
    /// BINARY, VARBINARY, BLOB, BIT: raw bytes.
    case bytes([UInt8])
    /// CHAR, VARCHAR, TEXT, JSON, ENUM, DECIMAL, TIME: the bytes of the text in UTF-8.
    case text([UInt8])
    /// DATETIME, TIMESTAMP and DATE: Unix milliseconds, read and written as UTC. Digits below a millisecond are
    /// dropped.
    case dateTime(milliseconds: Int64)
}

extension MySQLValue {
    public static func string(_ value: String) -> MySQLValue {
        .text(Array(value.utf8))
    }

    public var isNull: Bool { self == .null }

    /// An integer of either sign that fits.
    public var int64: Int64? {
        switch self {
        case .int(let value): value
        case .uint(let value): Int64(exactly: value)
        default: nil
        }
    }

    /// An integer of either sign that fits.
    public var uint64: UInt64? {
        switch self {
        case .int(let value): UInt64(exactly: value)
        case .uint(let value): value
        default: nil
        }
    }

    /// The bytes of a text or binary value.
    public var byteArray: [UInt8]? {
        switch self {
        case .bytes(let value), .text(let value): value
        default: nil
        }
    }

    /// A text as a `String`; for identifiers, settings and messages (invalid UTF-8 is repaired).
    public var string: String? {
        byteArray.map { String(decoding: $0, as: UTF8.self) }
    }

    public var dateTimeMilliseconds: Int64? {
        if case .dateTime(let milliseconds) = self { milliseconds } else { nil }
    }
}

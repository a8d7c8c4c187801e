/// One argument of a command. Numbers are written as decimal text when the command is encoded.
public enum RedisArgument: Sendable, Hashable {
    case bytes([UInt8])
    case string(String)
    case integer(Int64)
}

extension RedisArgument: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral {
    public init(stringLiteral value: String) {
        self = .string(value)
    }

    public init(integerLiteral value: Int64) {
        self = .integer(value)
    }
}

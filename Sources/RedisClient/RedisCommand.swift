/// A command as it goes to the server: `RedisCommand("XADD", ["key", "*", "d", .bytes(payload)])`.
public struct RedisCommand: Sendable, Hashable {
    /// The first word, upper case; also the name under which the observer sees it.
    public let name: String
    /// Everything after the first word; sub-commands too.
    public var arguments: [RedisArgument]

    public init(_ name: String, _ arguments: [RedisArgument] = []) {
        self.name = name
        self.arguments = arguments
    }
}

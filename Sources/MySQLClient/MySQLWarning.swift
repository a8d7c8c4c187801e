/// One line of `SHOW WARNINGS`.
public struct MySQLWarning: Sendable, Hashable {
    /// `Note`, `Warning` or `Error`.
    public var level: String
    public var code: UInt32
    public var message: String

    public init(level: String, code: UInt32, message: String) {
        self.level = level
        self.code = code
        self.message = message
    }
}

/// An error type of a caller that can carry a failure of this module, so that the bodies of `withConnection` and
/// `withTransaction` can throw the caller's own type.
public protocol MySQLErrorConvertible: Error {
    init(mysql error: MySQLError)
}

extension MySQLError: MySQLErrorConvertible {
    public init(mysql error: MySQLError) {
        self = error
    }
}

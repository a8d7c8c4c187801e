/// What a caller of a pool is given.
enum MySQLPoolGrant<Connection> {
    case connection(Connection)
    /// The right to make a new connection.
    case place
}

extension MySQLPoolGrant: Sendable where Connection: Sendable {}

extension MySQLError {
    /// True when the connection must not be used again: it is gone, its protocol state is unknown, or the server behind
    /// it is shutting down or has become read-only (a new connection may reach the new primary).
    public var isConnectionBroken: Bool {
        switch code {
        case .connectionLost, .connectFailed, .closed: true
        case .server: Self.breaksConnection(number)
        default: false
        }
    }

    /// Numbers of the client library (2000…2999, 5000…5999) all concern the connection or the protocol state. The rest
    /// are server errors after which the server closes the connection, or after which another server should be asked:
    /// 1053 shutdown, 1152…1161 aborted and network, 1153 packet too large, 1184 aborted, 1290 read-only option, 1836
    /// read-only mode, 1927 and 3169 killed, 4031 closed for idling.
    /// https://mariadb.com/docs/server/reference/error-codes and MySQL's server error reference.
    static func breaksConnection(_ number: UInt32) -> Bool {
        switch number {
        case 2000...2999, 5000...5999: true
        case 1053, 1152...1161, 1184, 1290, 1836, 1927, 3169, 4031: true
        default: false
        }
    }

    /// The failure behind a call that has just failed: a number of the client library is a lost connection.
    static func failure(number: UInt32, sqlState: String, message: String) -> MySQLError {
        let isClientSide = (2000...2999).contains(number) || (5000...5999).contains(number)
        let isLost = isClientSide || number == 1053 || number == 1927
        return MySQLError(
            code: isLost ? .connectionLost : .server,
            number: number,
            sqlState: sqlState,
            message: message
        )
    }
}

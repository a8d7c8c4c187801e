import CMariaDB

/// Owns one `MYSQL *`: made and connected in `init`, closed by `close()` or `deinit`. Confined to its connection's
/// thread.
final class MySQLHandle {
    let pointer: UnsafeMutablePointer<MYSQL>
    private(set) var isClosed = false

    /// - Throws: `connectFailed`, with the server's or the library's number and the endpoint without its password.
    init(configuration: MySQLConfiguration) throws(MySQLError) {
        guard MySQLLibrary.status == 0, let pointer = mysql_init(nil) else {
            throw MySQLError(code: .connectFailed, message: "the MySQL client library could not be initialised")
        }
        self.pointer = pointer
        Self.setOptions(of: pointer, configuration)
        let endpoint = configuration.endpoint
        let connected =
            switch endpoint.address {
            case .tcp(let host, let port):
                mysql_real_connect(
                    pointer, host, endpoint.user, endpoint.password, endpoint.database, UInt32(port), nil, 0
                )
            case .unixSocket(let path):
                mysql_real_connect(
                    pointer, "localhost", endpoint.user, endpoint.password, endpoint.database, 0, path, 0
                )
            }
        guard connected != nil else {
            let failure = lastError()
            throw MySQLError(
                code: .connectFailed,
                number: failure.number,
                sqlState: failure.sqlState,
                message: "cannot connect to \(endpoint): \(failure.message)\(Self.remedy(for: failure, endpoint))"
            )
        }
    }

    /// The library's own words for a failed handshake name no remedy.
    private static func remedy(for failure: MySQLError, _ endpoint: MySQLEndpoint) -> String {
        guard case .verified(let authority, _, _) = endpoint.tls, failure.number == UInt32(CR_SSL_CONNECTION_ERROR)
        else {
            return ""
        }
        let trusted = authority == nil ? "this system trusts (or name its file with tls-ca)" : "in the file of tls-ca"
        return "; the server must speak TLS 1.2 or later, with a certificate that names this host and comes from an "
            + "authority \(trusted)"
    }

    deinit {
        close()
    }

    func close() {
        guard !isClosed else { return }
        isClosed = true
        mysql_close(pointer)
    }

    private static func setOptions(of pointer: UnsafeMutablePointer<MYSQL>, _ configuration: MySQLConfiguration) {
        func set(_ option: mysql_option, _ value: UInt32) {
            withUnsafePointer(to: value) { _ = mysql_options(pointer, option, $0) }
        }
        func set(_ option: mysql_option, flag: Bool) {
            let value: my_bool = flag ? 1 : 0
            withUnsafePointer(to: value) { _ = mysql_options(pointer, option, $0) }
        }
        set(MYSQL_OPT_CONNECT_TIMEOUT, configuration.connectTimeout.wholeSeconds)
        set(MYSQL_OPT_READ_TIMEOUT, configuration.readTimeout.wholeSeconds)
        set(MYSQL_OPT_WRITE_TIMEOUT, configuration.writeTimeout.wholeSeconds)
        set(MYSQL_OPT_LOCAL_INFILE, 0)
        set(MYSQL_OPT_RECONNECT, flag: false)
        set(MYSQL_REPORT_DATA_TRUNCATION, flag: true)
        mysql_options(pointer, MYSQL_SET_CHARSET_NAME, "utf8mb4")
        // Without it the library takes the host name "localhost" for its default Unix socket.
        let isSocket = if case .unixSocket = configuration.endpoint.address { true } else { false }
        set(MYSQL_OPT_PROTOCOL, isSocket ? MYSQL_PROTOCOL_SOCKET.rawValue : MYSQL_PROTOCOL_TCP.rawValue)
        if case .verified(let authority, let certificate, let key) = configuration.endpoint.tls {
            // The chain and the name, both off by default. In libmariadb 3.3 this is also what refuses a server without TLS:
            // with ENFORCE alone the library goes on in plain text.
            set(MYSQL_OPT_SSL_VERIFY_SERVER_CERT, flag: true)
            set(MYSQL_OPT_SSL_ENFORCE, flag: true)
            mysql_options(pointer, MARIADB_OPT_TLS_VERSION, "TLSv1.2,TLSv1.3")
            if let authority { mysql_options(pointer, MYSQL_OPT_SSL_CA, authority) }
            if let certificate { mysql_options(pointer, MYSQL_OPT_SSL_CERT, certificate) }
            if let key { mysql_options(pointer, MYSQL_OPT_SSL_KEY, key) }
        }
    }

    /// The failure of the last call on this handle.
    func lastError() -> MySQLError {
        let number = mysql_errno(pointer)
        guard number != 0 else {
            // Never seen; the state of the connection is anybody's guess, so it counts as lost.
            return MySQLError(code: .connectionLost, message: "the MySQL client library failed without giving a reason")
        }
        return .failure(
            number: number,
            sqlState: String(cString: mysql_sqlstate(pointer)),
            message: String(cString: mysql_error(pointer))
        )
    }

    var warningCount: UInt32 { mysql_warning_count(pointer) }

    /// From the status flags of the last answer.
    var isInTransaction: Bool {
        pointer.pointee.server_status & UInt32(SERVER_STATUS_IN_TRANS) != 0
    }

    var isMariaDB: Bool { mariadb_connection(pointer) != 0 }

    var serverVersion: String { String(cString: mysql_get_server_info(pointer)) }

    var connectionID: UInt64 { UInt64(mysql_thread_id(pointer)) }

    /// The socket of the connection; negative when there is none.
    var socket: CInt { CInt(mysql_get_socket(pointer)) }
}

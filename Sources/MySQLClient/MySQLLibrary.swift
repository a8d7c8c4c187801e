import CMariaDB

/// The client library's process-wide state. It must be set up once, before any thread uses it.
enum MySQLLibrary {
    /// 0 when the library is ready. Swift initialises a static exactly once, whichever thread comes first.
    static let status: CInt = mysql_server_init(0, nil, nil)
}

public import MySQLClient
public import QueueCore

/// What a worker does about each error number of MySQL and MariaDB. One table, so that every statement is judged alike.
///
/// Numbers: https://mariadb.com/kb/en/mariadb-error-code-reference/
enum MySQLFailureClass {
    /// They pass by themselves, or when an operator has brought the server back: the batch is rolled back and tried again.
    private static let infrastructure: Set<UInt32> = [
        1020,  // record changed since last read
        1021,  // disk full
        1040, 1203,  // too many connections
        1053, 1077, 1078, 1079,  // server shutdown
        1114,  // table is full
        1158, 1159, 1160, 1161,  // the network, seen by the server
        1180,  // error during commit
        1184, 1927,  // connection killed
        1205, 1213,  // lock wait timeout, deadlock
        1290, 1792, 1836,  // read-only
        1317,  // query interrupted
        1615,  // statement needs to be prepared again
        1969, 3024,  // statement time limit
        2002, 2003, 2005, 2006, 2012, 2013, 2026, 2055, 2057,  // the server is away, the network, TLS
    ]

    /// A value of one record is to blame.
    private static let data: Set<UInt32> = [
        1048,  // column cannot be null
        1153,  // packet too large
        1264, 1265, 1292, 1366, 1406,  // out of range, truncated, incorrect value, too long
        1526,  // no partition for the value
        3140, 3141, 3819, 4025,  // JSON and CHECK constraints
        4036, 4037, 4038,  // JSON syntax, depth
    ]

    /// They stay until somebody mends the schema or the privileges.
    private static let configuration: Set<UInt32> = [
        1044, 1045, 1142, 1143, 1227, 1370,  // access denied
        1049, 1054, 1064, 1136, 1146, 1364, 1698,  // unknown database, column, table; syntax; missing default
    ]

    /// - Returns: the class, and whether the number is not in the table.
    static func of(_ number: UInt32) -> (class: WorkFailure.Class, isUnknown: Bool) {
        if infrastructure.contains(number) { return (.infrastructure, false) }
        if data.contains(number) { return (.data, false) }
        if configuration.contains(number) { return (.configuration, false) }
        return (.infrastructure, true)
    }
}

extension WorkFailure: MySQLErrorConvertible {
    /// A failure of the client itself (no connection, a time limit) has no number and is infrastructure.
    public init(mysql error: MySQLError) {
        guard error.number != 0 else {
            self.init(.infrastructure, code: 0, message: error.description)
            return
        }
        let (failureClass, isUnknown) = MySQLFailureClass.of(error.number)
        self.init(failureClass, code: Int(error.number), message: error.message, unknownCode: isUnknown)
    }
}

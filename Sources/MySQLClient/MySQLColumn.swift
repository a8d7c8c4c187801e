import CMariaDB

/// What a result column holds and how it is fetched.
struct MySQLColumn: Hashable {
    enum Kind: Hashable {
        case int, uint, double, bytes, text, dateTime
    }

    var name: String
    var kind: Kind

    /// `binary`, the character set number of columns without one.
    private static let binaryCharacterSet: UInt32 = 63

    init(_ field: MYSQL_FIELD) {
        name = field.name.map { String(cString: $0) } ?? ""
        switch field.type {
        case MYSQL_TYPE_TINY, MYSQL_TYPE_SHORT, MYSQL_TYPE_INT24, MYSQL_TYPE_LONG, MYSQL_TYPE_LONGLONG, MYSQL_TYPE_YEAR:
            kind = field.flags & UInt32(UNSIGNED_FLAG) != 0 ? .uint : .int
        case MYSQL_TYPE_FLOAT, MYSQL_TYPE_DOUBLE:
            kind = .double
        case MYSQL_TYPE_DATETIME, MYSQL_TYPE_TIMESTAMP, MYSQL_TYPE_DATE, MYSQL_TYPE_NEWDATE:
            kind = .dateTime
        case MYSQL_TYPE_BIT, MYSQL_TYPE_GEOMETRY:
            kind = .bytes
        case MYSQL_TYPE_TINY_BLOB, MYSQL_TYPE_BLOB, MYSQL_TYPE_MEDIUM_BLOB, MYSQL_TYPE_LONG_BLOB, MYSQL_TYPE_STRING,
            MYSQL_TYPE_VAR_STRING, MYSQL_TYPE_VARCHAR:
            kind = field.charsetnr == Self.binaryCharacterSet ? .bytes : .text
        default:
            // DECIMAL, TIME, ENUM, SET, JSON, NULL: as text.
            kind = .text
        }
    }
}

import Fingerprint
import Ingest
import MySQLClient

/// The WHERE clause of a query over `errors e` and `error_details d`, with its values.
struct ErrorConditions {
    private var conditions: [String] = []
    private(set) var values: [MySQLValue] = []

    /// The filters of the query; its cursor, sort and limit are left out.
    init(_ query: ErrorQuery) {
        add("e.status = ?", query.status.map { .string($0.rawValue) })
        add("e.project = ?", query.project.map(MySQLValue.string))
        add("d.service = ?", query.service.map(MySQLValue.string))
        add("d.level = ?", query.level.map(MySQLValue.string))
        add("d.environment = ?", query.environment.map(MySQLValue.string))
        add("e.last_seen_at >= ?", query.sinceMilliseconds.map(Self.time))
    }

    /// Only what follows the cursor, descending.
    mutating func start(after cursor: ErrorCursor?) {
        guard let cursor else { return }
        let column = cursor.sort.column
        let value: MySQLValue =
            cursor.sort == .count ? .uint(UInt64(clamping: cursor.value)) : Self.time(cursor.value)
        conditions.append("(\(column) < ? OR (\(column) = ? AND e.fingerprint < ?))")
        values += [value, value, .bytes(cursor.fingerprint.bytes)]
    }

    /// Callers may ask for any time; a column holds the years 1 to 9999.
    private static func time(_ milliseconds: Int64) -> MySQLValue {
        .dateTime(milliseconds: min(max(milliseconds, -62_135_596_800_000), 253_402_300_799_999))
    }

    mutating func add(oneOf fingerprints: ArraySlice<Fingerprint>) {
        let places = Array(repeating: "?", count: fingerprints.count).joined(separator: ",")
        conditions.append("e.fingerprint IN (\(places))")
        values += fingerprints.map { .bytes($0.bytes) }
    }

    var whereClause: String {
        conditions.isEmpty ? "" : " WHERE " + conditions.joined(separator: " AND ")
    }

    private mutating func add(_ condition: String, _ value: MySQLValue?) {
        guard let value else { return }
        conditions.append(condition)
        values.append(value)
    }
}

extension ErrorQuery.Sort {
    /// The column of `errors e` it sorts by.
    var column: String {
        switch self {
        case .lastSeenAt: "e.last_seen_at"
        case .firstSeenAt: "e.first_seen_at"
        case .count: "e.`count`"
        }
    }
}

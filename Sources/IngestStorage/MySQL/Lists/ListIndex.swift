import Ingest
import MySQLClient

/// An index of `errors` that a list can be walked by, and what it starts with.
package struct ListIndex: Sendable, Equatable {
    package let name: String
    /// The filter it starts with; nil for those that hold all errors in one order.
    let filter: ListFilter?
    /// What it is ordered by, within the filter.
    let sort: ErrorQuery.Sort

    static func all(by sort: ErrorQuery.Sort) -> ListIndex {
        switch sort {
        case .lastSeenAt: ListIndex(name: "errors_by_last_seen", filter: nil, sort: sort)
        case .firstSeenAt: ListIndex(name: "errors_by_first_seen", filter: nil, sort: sort)
        case .count: ListIndex(name: "errors_by_count", filter: nil, sort: sort)
        }
    }

    static func filtered(by filter: ListFilter) -> ListIndex {
        ListIndex(name: filter.indexName, filter: filter, sort: .lastSeenAt)
    }
}

/// One filter of a query as a condition on `errors e`.
struct ListFilter: Sendable, Equatable {
    let indexName: String
    let condition: String
    let value: MySQLValue

    /// The filters of a query, the one first that tells errors apart best as a rule.
    static func all(of query: ErrorQuery) -> [ListFilter] {
        var filters: [ListFilter] = []
        func add(_ name: String, _ value: String?) {
            guard let value else { return }
            filters.append(
                ListFilter(
                    indexName: "errors_by_\(name)", condition: "e.\(name)_key = ?", value: ListKey.value(of: value.utf8)
                ))
        }
        add("service", query.service)
        add("project", query.project)
        if let status = query.status {
            filters.append(
                ListFilter(
                    indexName: "errors_by_status", condition: "e.status = ?", value: .string(status.rawValue)))
        }
        add("environment", query.environment)
        add("level", query.level)
        return filters
    }
}

/// The columns `…_key` of `errors`. Two texts may share one: rows that are found by it are compared with the text.
enum ListKey {
    static func value(of text: some Sequence<UInt8>) -> MySQLValue {
        .uint(UInt64(CRC32.of(text)))
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

    /// `value` as a value of the column. Callers may ask for any time; a column holds the years 1 to 9999.
    func columnValue(_ value: Int64) -> MySQLValue {
        if self == .count { return .uint(UInt64(clamping: value)) }
        return .dateTime(milliseconds: min(max(value, -62_135_596_800_000), 253_402_300_799_999))
    }

    /// What a cursor holds of a value of the column.
    func cursorValue(_ value: MySQLValue) -> Int64? {
        self == .count ? value.uint64.map { Int64(clamping: $0) } : value.dateTimeMilliseconds
    }
}

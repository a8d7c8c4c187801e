import MySQLClient

/// Deletes rows by their whole primary key, several in one statement, in the fixed sizes of `MultiRowSQL`.
///
/// Not `(a, b) IN (…)`: MariaDB reads the whole table for a short list of pairs, and makes a table of a long one.
struct DeleteByKeys: Sendable {
    private let start: String
    private let key: String

    init(_ table: String, _ columns: [String]) {
        start = "DELETE t FROM \(table) t FORCE INDEX (PRIMARY) WHERE "
        key = "(" + columns.map { "t.\($0) = ?" }.joined(separator: " AND ") + ")"
    }

    /// - Parameter rows: one of `MultiRowSQL.sizes`.
    func text(rows: Int) -> String {
        start + Array(repeating: key, count: rows).joined(separator: " OR ")
    }
}

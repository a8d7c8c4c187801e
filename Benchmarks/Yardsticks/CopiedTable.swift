import MySQLClient

/// A table of the service, and how it is read and copied. Names come from `TableSet`, never from outside.
struct CopiedTable: Sendable {
    private static let prefix = "y_"

    let name: String
    /// The columns of the primary key, in its order: the table is read in pages by it. Empty: the table is read whole.
    let key: [String]

    var copy: String { Self.prefix + name }

    /// The first page, in the order of the primary key.
    func firstPage(rows: Int) -> String {
        key.isEmpty ? "SELECT * FROM \(name)" : "SELECT * FROM \(name) FORCE INDEX (PRIMARY)\(order(rows))"
    }

    /// The page after a row, with the parameters of `parameters(after:)`.
    func nextPage(rows: Int) -> String {
        let conditions = key.indices.map { last in
            (key[..<last].map { "\($0) = ?" } + ["\(key[last]) > ?"]).joined(separator: " AND ")
        }
        let condition = conditions.map { "(\($0))" }.joined(separator: " OR ")
        return "SELECT * FROM \(name) FORCE INDEX (PRIMARY) WHERE \(condition)\(order(rows))"
    }

    /// - Parameter row: the values of the key's columns of the last row read.
    func parameters(after row: [MySQLValue]) -> [MySQLValue] {
        key.indices.flatMap { row[...$0] }
    }

    private func order(_ rows: Int) -> String {
        " ORDER BY \(key.joined(separator: ", ")) LIMIT \(rows)"
    }

    func insert(rows: Int, columns: Int) -> String {
        let row = "(" + Array(repeating: "?", count: columns).joined(separator: ",") + ")"
        return "INSERT INTO \(copy) VALUES " + Array(repeating: row, count: rows).joined(separator: ",")
    }
}

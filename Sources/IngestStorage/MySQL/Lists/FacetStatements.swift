package import Ingest
import MySQLClient

/// The SQL of `facets`.
package enum FacetStatements {
    static let upsert = Statements.rows("upsert_facets")

    /// The values a query asks for, one more than its limit.
    package static func page(_ query: FacetQuery) -> ListStatement {
        var sql = "SELECT value FROM facets WHERE kind = ? AND project = ?"
        // Project names are not kept by project.
        let project = query.kind == .project ? "" : query.project ?? ""
        var values: [MySQLValue] = [.string(query.kind.rawValue), .string(project)]
        if let cursor = query.cursor {
            sql += " AND value > ?"
            values.append(.string(cursor))
        }
        if let prefix = query.prefix {
            sql += " AND value LIKE ? ESCAPE '='"
            values.append(.string(pattern(prefix)))
        }
        values.append(.int(Int64(query.limit + 1)))
        return ListStatement(sql: sql + " ORDER BY value LIMIT ?", values: values)
    }

    private static func pattern(_ prefix: String) -> String {
        var pattern = ""
        for scalar in prefix.unicodeScalars {
            if ["=", "%", "_"].contains(scalar) { pattern.unicodeScalars.append("=") }
            pattern.unicodeScalars.append(scalar)
        }
        return pattern + "%"
    }
}

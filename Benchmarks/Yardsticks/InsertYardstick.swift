import MySQLClient

/// What the database does with the service's rows when nothing stands before it: they are read back and inserted into
/// empty copies of their tables by prepared inserts of many rows, a transaction each, one after the other on one
/// connection.
///
/// In the order of their keys, which is the quickest, and each row once. Holds one page of rows in memory.
struct InsertYardstick {
    private static let pageRows = 10_000
    /// Of a table that is read whole.
    private static let wholeRows = 1_000_000

    let connection: MySQLConnection
    /// Rows of one insert.
    let batch: Int

    /// What was inserted into one table.
    struct Part: Sendable {
        var table: String
        var rows = 0
        /// Of the inserts and commits alone, not of reading the rows.
        var time = Duration.zero
    }

    /// Copies the tables, checks that nothing was left out, and drops the copies, also after a failure.
    func run(_ tables: [CopiedTable]) async throws -> [Part] {
        do {
            var parts: [Part] = []
            for table in tables {
                let part = try await copy(table)
                try await check(part, table)
                parts.append(part)
            }
            try await drop(tables)
            return parts
        } catch {
            try? await drop(tables)
            throw error
        }
    }

    private func drop(_ tables: [CopiedTable]) async throws {
        for table in tables { try await connection.executeText("DROP TABLE IF EXISTS \(table.copy)") }
    }

    private func copy(_ table: CopiedTable) async throws -> Part {
        try await drop([table])
        try await connection.executeText("CREATE TABLE \(table.copy) LIKE \(table.name)")
        var part = Part(table: table.name)
        var page = try await connection.execute(table.firstPage(rows: Self.pageRows), rowLimit: Self.wholeRows)
        let positions = table.key.compactMap { page.columns.firstIndex(of: $0) }
        // Ends: each page begins after the last row of the one before.
        while let last = page.rows.last {
            part.time += try await insert(page.rows, into: table)
            part.rows += page.rows.count
            if table.key.isEmpty { break }
            page = try await connection.execute(
                table.nextPage(rows: Self.pageRows), table.parameters(after: positions.map { last[$0] }))
        }
        return part
    }

    private func insert(_ rows: [[MySQLValue]], into table: CopiedTable) async throws -> Duration {
        let columns = rows.first?.count ?? 0
        let batch = batch
        let statement = table.insert(rows: batch, columns: columns)
        return try await connection.run { connection throws(MySQLError) in
            let start = ContinuousClock.now
            for first in stride(from: 0, to: rows.count, by: batch) {
                let some = rows[first..<min(first + batch, rows.count)]
                let sql = some.count == batch ? statement : table.insert(rows: some.count, columns: columns)
                try connection.begin()
                try connection.execute(sql, some.flatMap(\.self))
                try connection.commit()
            }
            return ContinuousClock.now - start
        }
    }

    private func check(_ part: Part, _ table: CopiedTable) async throws {
        let counts = try await connection.execute(
            "SELECT (SELECT COUNT(*) FROM \(table.name)), (SELECT COUNT(*) FROM \(table.copy))"
        ).rows.first
        guard let counts, counts[0] == counts[1], counts[1].int64 == Int64(part.rows) else {
            throw YardstickError(
                "\(table.name): inserted \(part.rows) rows; the table and its copy have \(counts ?? [])")
        }
    }
}

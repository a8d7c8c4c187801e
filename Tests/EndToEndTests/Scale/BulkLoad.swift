import MySQLClient

/// Fills tables of a deployment by SQL, over a connection of its own.
struct BulkLoad {
    let configuration: MySQLConfiguration

    func run(_ statements: [String]) async throws {
        let connection = try await MySQLConnection.connect(configuration)
        // So the rows of an empty table are sorted and written without looking each one up, for as long as it takes.
        try await connection.executeText(
            """
            SET SESSION unique_checks = 0, foreign_key_checks = 0, sort_buffer_size = 67108864, max_statement_time = 0
            """)
        for sql in statements {
            let start = ContinuousClock.now
            try await connection.executeText(sql)
            let seconds = ((ContinuousClock.now - start).milliseconds / 100).rounded() / 10
            print("  \(seconds) s: \(sql.prefix(60).split(separator: "\n")[0])")
        }
        await connection.close()
    }
}

extension Duration {
    var milliseconds: Double {
        let (seconds, attoseconds) = components
        return Double(seconds) * 1_000 + Double(attoseconds) / 1e15
    }
}

public import Fingerprint
public import Ingest
public import MySQLClient

/// Reads errors back from `errors` and `error_details`.
public struct MySQLErrorReader: ErrorReader {
    private let pool: MySQLPool

    public init(pool: MySQLPool) {
        self.pool = pool
    }

    public func page(_ query: ErrorQuery) async throws(StoreFailure) -> [StoredError] {
        var conditions = ErrorConditions(query)
        conditions.start(after: query.cursor)
        let column = query.sort.column
        let sql = """
            \(Statements.selectErrors)\(conditions.whereClause) ORDER BY \(column) DESC, e.fingerprint DESC LIMIT ?
            """
        let values = conditions.values + [.int(Int64(query.limit))]
        return try await pool.withConnection("list_errors") { (connection) throws(StoreFailure) in
            try Self.run(connection.session, sql, values).rows.map(StoredError.init(row:))
        }
    }

    public func snapshot(
        of fingerprints: [Fingerprint],
        matching query: ErrorQuery,
        ledger windows: [LedgerKey]
    ) async throws(StoreFailure) -> ErrorSnapshot {
        // Whether an error was seen since then is for the live figures to say.
        var query = query
        query.sinceMilliseconds = nil
        let conditions = ErrorConditions(query)
        return try await pool.withSnapshot("snapshot_errors") { (connection) throws(StoreFailure) in
            var errors: [StoredError] = []
            errors.reserveCapacity(fingerprints.count)
            for range in MultiRowSQL.split(0..<fingerprints.count) {
                var wanted = conditions
                wanted.add(oneOf: fingerprints[range])
                let sql = Statements.selectErrors + wanted.whereClause
                errors += try Self.run(connection.session, sql, wanted.values).rows.map(StoredError.init(row:))
            }
            return ErrorSnapshot(errors: errors, applied: try Self.applied(windows, connection.session))
        }
    }

    public func detail(
        of fingerprint: Fingerprint,
        ledger windows: [LedgerKey]
    ) async throws(StoreFailure) -> (detail: StoredErrorDetail?, applied: Set<LedgerKey>) {
        try await pool.withSnapshot("get_error") { (connection) throws(StoreFailure) in
            let row = try Self.run(
                connection.session, Statements.selectErrorDetail, [.bytes(fingerprint.bytes)]
            ).rows.first
            let applied = try Self.applied(windows, connection.session)
            guard let row else { return (nil, applied) }
            return (try StoredErrorDetail(row: row), applied)
        }
    }

    public func deadLetterCount() async throws(StoreFailure) -> Int {
        try await pool.withConnection("count_dead_letters") { (connection) throws(StoreFailure) in
            let row = try Self.run(connection.session, Statements.countDeadLetters, []).rows.first
            return Int(clamping: row?.first?.int64 ?? 0)
        }
    }

    /// Which of `keys` the ledger has.
    private static func applied(_ keys: [LedgerKey], _ session: MySQLSession) throws(StoreFailure) -> Set<LedgerKey> {
        let windows = Dictionary(keys.map { ($0.window.text, $0.window) }, uniquingKeysWith: { first, _ in first })
        let names = Array<String>(windows.keys)
        var applied: Set<LedgerKey> = []
        for range in MultiRowSQL.split(0..<names.count) {
            let sql = Statements.selectLedger.text(rows: range.count)
            for row in try run(session, sql, names[range].map(MySQLValue.string)).rows {
                if let window = row[0].string.flatMap({ windows[$0] }), let index = row[1].int64,
                    let part = WindowPart(index: Int(index))
                {
                    applied.insert(LedgerKey(window: window, part: part))
                }
            }
        }
        return applied
    }

    private static func run(
        _ session: MySQLSession, _ sql: String, _ values: [MySQLValue]
    ) throws(StoreFailure) -> MySQLOutcome {
        do throws(MySQLError) {
            return try session.execute(sql, values)
        } catch {
            throw StoreFailure(mysql: error)
        }
    }
}

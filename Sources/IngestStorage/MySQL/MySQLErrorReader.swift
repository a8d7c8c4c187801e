public import Fingerprint
public import Ingest
public import MySQLClient

/// Reads errors back from `errors` and `error_details`.
public struct MySQLErrorReader: ErrorReader {
    private let pool: MySQLPool
    private let limits: PageLimits

    public init(pool: MySQLPool) {
        self.init(pool: pool, limits: PageLimits())
    }

    package init(pool: MySQLPool, limits: PageLimits) {
        self.pool = pool
        self.limits = limits
    }

    public func page(_ query: ErrorQuery) async throws(StoreFailure) -> StoredPage {
        try await pool.withSnapshot("list_errors") { (connection) throws(StoreFailure) in
            var search = PageSearch(query, limits, connection.session)
            return try search.run()
        }
    }

    public func snapshot(
        of fingerprints: [Fingerprint],
        ledger windows: [LedgerKey]
    ) async throws(StoreFailure) -> ErrorSnapshot {
        try await pool.withSnapshot("snapshot_errors") { (connection) throws(StoreFailure) in
            ErrorSnapshot(
                errors: try Self.errors(fingerprints, connection.session),
                applied: try Self.applied(windows, connection.session))
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

    /// The rows of errors, in no order; those that are not known are left out.
    static func errors(_ fingerprints: [Fingerprint], _ session: MySQLSession) throws(StoreFailure) -> [StoredError] {
        var errors: [StoredError] = []
        errors.reserveCapacity(fingerprints.count)
        for part in MultiRowSQL.filled(fingerprints) {
            let statement = ListStatements.rows(of: part)
            errors += try run(session, statement.sql, statement.values).rows.map(StoredError.init(row:))
        }
        return errors
    }

    /// Which of `keys` the ledger has.
    static func applied(_ keys: [LedgerKey], _ session: MySQLSession) throws(StoreFailure) -> Set<LedgerKey> {
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

public import Fingerprint
public import Ingest
public import MySQLClient

/// Reads how often an error happened over time from `error_series`.
public struct MySQLSeriesReader: SeriesReader {
    private let pool: MySQLPool

    public init(pool: MySQLPool) {
        self.pool = pool
    }

    public func steps(
        of fingerprint: Fingerprint,
        by interval: SeriesInterval,
        in minutes: Range<UInt32>,
        ledger windows: [LedgerKey]
    ) async throws(StoreFailure) -> (steps: [UInt32: UInt64], applied: Set<LedgerKey>)? {
        let key = MySQLValue.bytes(fingerprint.bytes)
        let range: [MySQLValue] = [
            key, .uint(UInt64(interval.widthSeconds)), .uint(UInt64(minutes.lowerBound)),
            .uint(UInt64(minutes.upperBound)),
        ]
        return try await pool.withSnapshot("get_series") { (connection) throws(StoreFailure) in
            let session = connection.session
            guard try !Self.run(session, Statements.errorExists, [key]).isEmpty else { return nil }
            var steps: [UInt32: UInt64] = [:]
            for row in try Self.run(session, Statements.selectSeries, range) {
                guard let start = row[0].uint64.flatMap({ UInt32(exactly: $0) }), let count = row[1].uint64 else {
                    throw StoreFailure(.corrupt, "a row of error_series has a shape no version of this service writes")
                }
                steps[start] = count
            }
            return (steps, try MySQLErrorReader.applied(windows, session))
        }
    }

    private static func run(
        _ session: MySQLSession, _ sql: String, _ values: [MySQLValue]
    ) throws(StoreFailure) -> [[MySQLValue]] {
        do throws(MySQLError) {
            return try session.execute(sql, values).rows
        } catch {
            throw StoreFailure(mysql: error)
        }
    }
}

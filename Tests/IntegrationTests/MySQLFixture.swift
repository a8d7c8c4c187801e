import Fingerprint
import Ingest
import IngestStorage
import Logging
import MySQLClient
import QueueCore
import TestServers

/// A database of its own with the schema in it, and the adapters over it.
struct MySQLFixture {
    let configuration: MySQLConfiguration
    let pool: MySQLPool

    var store: MySQLErrorStore { MySQLErrorStore(pool: pool) }
    var counts: MySQLCountStore { MySQLCountStore(pool: pool) }
    var reader: MySQLErrorReader { MySQLErrorReader(pool: pool) }
    var deadLetters: MySQLDeadLetterArchive { MySQLDeadLetterArchive(pool: pool, readPool: pool) }

    static let logger = Logger(label: "test")

    /// An empty database on `server`, or on the one all tests share.
    static func empty(
        on server: TestMariaDB? = nil,
        size: Int = 4,
        readTimeout: Duration = .seconds(30)
    ) async throws -> MySQLFixture {
        let server = if let server { server } else { try await TestServers.mariadb() }
        let name = TestServers.freshDatabaseName()
        let maker = try await MySQLConnection.connect(MySQLConfiguration(endpoint: MySQLEndpoint(url: server.url())))
        try await maker.executeText("CREATE DATABASE `\(name)`")
        await maker.close()
        let configuration = MySQLConfiguration(
            endpoint: try MySQLEndpoint(url: server.url(database: name)),
            readTimeout: readTimeout
        )
        return MySQLFixture(
            configuration: configuration,
            pool: MySQLPool(configuration: configuration, size: size, logger: logger)
        )
    }

    static func migrated(
        on server: TestMariaDB? = nil,
        size: Int = 4,
        readTimeout: Duration = .seconds(30)
    ) async throws -> MySQLFixture {
        let fixture = try await empty(on: server, size: size, readTimeout: readTimeout)
        try await MySQLMigrator(pool: fixture.pool, logger: logger).migrate()
        return fixture
    }

    @discardableResult
    func execute(_ sql: String, _ parameters: [MySQLValue] = []) async throws -> MySQLOutcome {
        try await pool.withConnection("test") { connection throws(MySQLError) in
            try connection.execute(sql, parameters)
        }
    }

    func number(_ sql: String, _ parameters: [MySQLValue] = []) async throws -> Int64? {
        try await execute(sql, parameters).rows.first?.first?.int64
    }

    /// Rows changed in `errors` and `error_details` since the database was made (`userstat`).
    func changedRows() async throws -> Int64 {
        try await number(
            """
            SELECT CAST(COALESCE(SUM(ROWS_CHANGED), 0) AS SIGNED) FROM information_schema.TABLE_STATISTICS \
            WHERE TABLE_SCHEMA = DATABASE() AND TABLE_NAME IN ('errors', 'error_details')
            """
        ) ?? -1
    }

    /// Stores records in one transaction, as the worker does, without bisection.
    func put(_ records: [ErrorRecord]) async throws(WorkFailure) {
        let queued = records.map { QueueRecord(payload: $0.encoded()) }
        try await store.transaction { transaction throws(WorkFailure) in
            try transaction.store(queued[...])
        }
    }
}

enum Sample {
    /// 2026-01-01T00:00:00Z.
    static let newYear: Int64 = 1_767_225_600_000

    static func fingerprint(_ number: Int) -> Fingerprint {
        var bytes = [UInt8](repeating: 0, count: 32)
        // Spread over the parts, and in no order.
        bytes[0] = UInt8(truncatingIfNeeded: number &* 37)
        bytes[30] = UInt8(truncatingIfNeeded: number >> 8)
        bytes[31] = UInt8(truncatingIfNeeded: number)
        guard let fingerprint = Fingerprint(bytes: bytes) else { preconditionFailure("32 bytes") }
        return fingerprint
    }

    static func record(
        _ number: Int,
        at milliseconds: Int64 = newYear,
        _ texts: [ErrorField: String] = [:]
    ) -> ErrorRecord {
        var all = texts
        all[.message] = all[.message] ?? "message \(number)"
        all[.eventId] = all[.eventId] ?? "event-\(number)"
        return ErrorRecord(
            fingerprint: fingerprint(number),
            grouping: ErrorGrouping(
                version: 1, parts: [FingerprintPart(name: .message, bytes: Array("message <n>".utf8))]
            ),
            eventMilliseconds: milliseconds,
            receivedMilliseconds: milliseconds + 5,
            texts: ErrorTexts(all.mapValues { Array($0.utf8) })
        )
    }

    static func count(_ number: Int, _ count: UInt64, first: Int64 = newYear, last: Int64 = newYear) -> WindowCount {
        let slot = SeriesSlot(startMinute: UInt32(last / 60_000), count: UInt32(clamping: count))
        return WindowCount(
            fingerprint: fingerprint(number),
            tally: Tally(
                count: count, firstMilliseconds: first, lastMilliseconds: last, newestRelease: .none,
                otherReleasesMilliseconds: 0, slots: [slot]))
    }

    static func window(_ sequence: Int) -> WindowID {
        guard let window = WindowID(text: "0123abcd:\(sequence):\(newYear)") else { preconditionFailure("a window id") }
        return window
    }

    static func part(_ index: Int) -> WindowPart {
        guard let part = WindowPart(index: index) else { preconditionFailure("a part") }
        return part
    }
}

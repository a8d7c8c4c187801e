import Fingerprint
import Logging
import MySQLClient
import NIOCore
import NIOPosix
import RedisClient
import TestServers

/// The test's own look into the two stores of a deployment.
struct StoreAccess: Sendable {
    let namespace: String
    let shards: Int
    private let redisClient: RedisClient
    private let pool: MySQLPool

    private static let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

    init(redisURL: String, mysqlURL: String, namespace: String, shards: Int) throws {
        self.namespace = namespace
        self.shards = shards
        let link = RedisLink(
            configuration: RedisConfiguration(endpoint: try RedisEndpoint(url: redisURL)),
            eventLoop: MultiThreadedEventLoopGroup.singleton.next(),
            logger: Self.logger
        )
        redisClient = RedisClient(link: link)
        let configuration = MySQLConfiguration(endpoint: try MySQLEndpoint(url: mysqlURL))
        pool = MySQLPool(configuration: configuration, size: 2, logger: Self.logger)
    }

    static func createDatabase(_ name: String, at url: String) async throws {
        let connection = try await MySQLConnection.connect(MySQLConfiguration(endpoint: MySQLEndpoint(url: url)))
        try await connection.executeText("CREATE DATABASE `\(name)` CHARACTER SET utf8mb4")
        await connection.close()
    }

    func connect() async throws {
        redisClient.link.start()
        try await redisClient.waitUntilConnected(within: .seconds(10))
    }

    func close() async {
        try? await redisClient.link.shutDown().get()
        await pool.shutDown()
    }

    // MARK: - MySQL

    @discardableResult
    func sql(_ statement: String, _ parameters: [MySQLValue] = []) async throws -> [[MySQLValue]] {
        try await pool.withConnection("test") { connection throws(MySQLError) in
            try connection.execute(statement, parameters).rows
        }
    }

    func number(_ statement: String, _ parameters: [MySQLValue] = []) async throws -> Int {
        let value = try await sql(statement, parameters).first?.first
        guard let number = value?.int64 else { throw TestServerError("no number: \(statement)") }
        return Int(number)
    }

    /// A transaction of its own that has the details of an error, and so stops whoever would store them. The caller ends it.
    func holdDetails(of fingerprint: Fingerprint) async throws -> MySQLConnection {
        let connection = try await MySQLConnection.connect(pool.configuration)
        try await connection.begin()
        try await connection.execute(
            """
            INSERT INTO error_details (fingerprint, message, event_id, occurred_at, received_at, grouping_version, \
            grouping_parts) VALUES (?, 'held', 'held', NOW(3), NOW(3), 1, '[]')
            """,
            [.bytes(fingerprint.bytes)]
        )
        return connection
    }

    /// A transaction of its own that has the row of an error locked. The caller ends it.
    func holdError(_ fingerprint: String) async throws -> MySQLConnection {
        let connection = try await MySQLConnection.connect(pool.configuration)
        try await connection.begin()
        try await connection.execute(
            "SELECT 1 FROM errors WHERE fingerprint = UNHEX(?) FOR UPDATE", [.string(fingerprint)])
        return connection
    }

    /// Whether somebody has waited for a row of `error_details` for a while. Not by INNODB_TRX: whoever asks it again
    /// within 100 ms gets the old answer.
    func isDetailAwaited() async throws -> Bool {
        try await number(
            """
            SELECT COUNT(*) FROM information_schema.PROCESSLIST WHERE DB = DATABASE() AND COMMAND = 'Execute' \
            AND ID <> CONNECTION_ID() AND INFO LIKE '%INTO error_details%' AND TIME_MS > 200
            """
        ) > 0
    }

    /// Rows changed in `errors` and `error_details` since `userstat` was turned on.
    func changedRows() async throws -> Int {
        try await number(
            """
            SELECT CAST(COALESCE(SUM(ROWS_CHANGED), 0) AS SIGNED) FROM information_schema.TABLE_STATISTICS \
            WHERE TABLE_SCHEMA = DATABASE() AND TABLE_NAME IN ('errors', 'error_details')
            """
        )
    }

    // MARK: - Redis

    /// A key of a shard, as the service's documents name it.
    func key(_ name: String, shard: Int = 0) -> String { "{\(namespace):\(shard)}:\(name)" }

    func redis(_ name: String, _ arguments: [RedisArgument] = []) async throws -> RedisValue {
        try await redisClient.send(RedisCommand(name, arguments))
    }

    func redisNumber(_ name: String, _ arguments: [RedisArgument] = []) async throws -> Int {
        Int(try await redis(name, arguments).integerValue ?? 0)
    }

    /// Every key of the deployment.
    func keys() async throws -> [String] {
        var keys: Set<String> = []
        var cursor = "0"
        // A bound, should the cursor never come back to 0.
        for _ in 0..<10_000 {
            let reply = try await redis(
                "SCAN", [.string(cursor), "MATCH", .string("{\(namespace):*"), "COUNT", 1_000]
            ).elements
            guard let reply, reply.count == 2, let next = reply[0].text else {
                throw TestServerError("not a SCAN reply")
            }
            for key in reply[1].elements ?? [] { keys.insert(key.text ?? "?") }
            if next == "0" { return keys.sorted() }
            cursor = next
        }
        throw TestServerError("SCAN does not end")
    }

    enum Pipeline: String { case errors, events }

    /// Whether no job of a pipeline waits, is held or postponed.
    func isQueueEmpty(_ pipeline: Pipeline = .errors) async throws -> Bool {
        for shard in 0..<shards {
            guard try await redisNumber("XLEN", [.string(key("queue:\(pipeline)", shard: shard))]) == 0,
                try await redisNumber("ZCARD", [.string(key("retry:\(pipeline)", shard: shard))]) == 0
            else { return false }
        }
        return true
    }

    /// Whether nothing is under way: the queue is empty, and no window has to be applied.
    func isQuiet() async throws -> Bool {
        guard try await isQueueEmpty() else { return false }
        for shard in 0..<shards {
            // In this order: a window that is sealed in between is then seen in the list.
            guard try await redisNumber("HGET", [.string(key("meta", shard: shard)), "size"]) == 0,
                try await redisNumber("LLEN", [.string(key("sealed", shard: shard))]) == 0
            else { return false }
        }
        return true
    }

    /// Waits until nothing is under way; a store that is coming back counts as not quiet.
    func waitUntilQuiet(within limit: Duration = .seconds(30)) async throws {
        try await wait(within: limit, "everything is stored") { try await isQuiet() }
    }

    /// Waits until the queue is empty; a Redis whose disk keeps it waiting counts as not empty.
    func waitUntilQueueIsEmpty(_ pipeline: Pipeline = .errors, within limit: Duration = .seconds(30)) async throws {
        try await wait(within: limit, "the queue of \(pipeline) is empty") { try await isQueueEmpty(pipeline) }
    }

    /// Waits through failures; the last one is told when it was too long.
    private func wait(within limit: Duration, _ description: String, _ condition: () async throws -> Bool) async throws
    {
        var last: (any Error)?
        do {
            try await eventually(within: limit, description: description) {
                do {
                    return try await condition()
                } catch {
                    last = error
                    return false
                }
            }
        } catch {
            throw TestServerError("\(error)" + (last.map { "; the last failure: \($0)" } ?? ""))
        }
    }
}

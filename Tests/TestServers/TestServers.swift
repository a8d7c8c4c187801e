/// Real servers for tests, shared by all tests of the process.
///
/// Each is started by the first test that asks for it and ends with the test process, however that ends. Tests that
/// share a server keep apart by a namespace (`freshNamespace`) or a database (`freshDatabaseName`) of their own; tests
/// that stop, kill or reconfigure a server start one of their own (`TestRedis.start`, `TestMariaDB.start`).
public enum TestServers {
    private static let sharedRedis = Task { try await TestRedis.start() }
    private static let sharedMariaDB = Task { try await TestMariaDB.start() }

    public static func redis() async throws -> TestRedis {
        try await sharedRedis.value
    }

    public static func mariadb() async throws -> TestMariaDB {
        try await sharedMariaDB.value
    }

    /// A prefix for Redis keys that no other test has: letters and digits, 17 characters.
    public static func freshNamespace() -> String {
        "t" + randomHex()
    }

    /// A name for a MariaDB database that no other test has; the test makes it itself.
    public static func freshDatabaseName() -> String {
        "t_" + randomHex()
    }

    /// An empty directory for one test; removed when the test process has ended.
    public static func freshDirectory() throws -> String {
        try TestDirectory.shared.get().fresh()
    }

    static func randomHex() -> String {
        let digits = String(UInt64.random(in: .min ... .max), radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }
}

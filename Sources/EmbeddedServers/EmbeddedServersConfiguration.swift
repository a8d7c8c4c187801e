/// Where the embedded servers keep their data, and their time limits.
public struct EmbeddedServersConfiguration: Sendable {
    /// `DATA_DIR`; made when it is not there.
    public var dataDirectory: String
    /// Made in MariaDB when it is not there; letters, digits and `_`.
    public var database = "error_ingest"
    /// For one server to answer after its start: reading a full append-only file or recovering InnoDB takes its time.
    public var startLimit = Duration.seconds(120)
    /// For one server to end after SIGTERM, before SIGKILL.
    public var stopLimit = Duration.seconds(20)
    /// For the zone tables to be filled, on the first start.
    public var zonesLimit = Duration.seconds(30)
    /// Options that override the settings of `EmbeddedRedis`.
    public var redisArguments: [String] = []
    /// Options that override the settings of `EmbeddedMariaDB`.
    public var mariaDBArguments: [String] = []

    public init(dataDirectory: String) {
        self.dataDirectory = dataDirectory
    }
}

/// Which life of which data set a connection talks to: it changes when the server restarts or another becomes primary.
/// It belongs to the connection it was read on; no command built with it may go out on another.
public struct RedisEpoch: Sendable, Hashable {
    /// `run_id` of INFO server: new at each start of the process.
    public let runID: String
    /// `master_replid` of INFO replication: new when a replica is promoted.
    public let replicationID: String
    /// `run_id|master_replid`, as scripts compare it.
    public let token: [UInt8]

    public init(runID: String, replicationID: String) {
        self.runID = runID
        self.replicationID = replicationID
        token = Array("\(runID)|\(replicationID)".utf8)
    }

    init?(_ info: RedisInfo) {
        guard let runID = info["run_id"], let replicationID = info["master_replid"],
            !runID.isEmpty, !replicationID.isEmpty
        else { return nil }
        self.init(runID: runID, replicationID: replicationID)
    }
}

extension RedisEpoch: CustomStringConvertible {
    public var description: String { "\(runID)|\(replicationID)" }
}

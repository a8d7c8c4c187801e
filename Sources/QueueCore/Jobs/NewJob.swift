/// A job on its way into a queue.
public struct NewJob: Sendable, Hashable {
    /// Format of the records, ``JobFormat/version`` unless a test or a newer producer says otherwise.
    public var version: Int
    /// 1…``JobFormat/maximumRecords`` records; they are claimed, acknowledged and retried together.
    public var records: [QueueRecord]
    /// How many workers died holding this job.
    public var deaths: Int
    /// Key of the dead letter this job replays, nil for everything that came in by the front door.
    public var replayKey: [UInt8]?

    public init(
        version: Int = JobFormat.version,
        records: [QueueRecord],
        deaths: Int = 0,
        replayKey: [UInt8]? = nil
    ) {
        self.version = version
        self.records = records
        self.deaths = deaths
        self.replayKey = replayKey
    }

    /// What the job adds to the bytes of its queue: the length of its records in ``JobFormat``.
    public var byteCount: Int { JobFormat.byteCount(of: records) }
}

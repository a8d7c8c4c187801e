/// A job as a consumer holds it, from claim to acknowledge.
public struct Job: Sendable, Hashable {
    public var id: JobID
    /// A version other than ``JobFormat/version`` is left for a newer worker; `records` is then of no use.
    public var version: Int
    public var records: [QueueRecord]
    /// Length of the records in ``JobFormat``: what the job takes from the limit in bytes.
    public var byteCount: Int
    /// How many workers died holding this job. An outage is not a death.
    public var deaths: Int
    /// When the job first entered the queue, Unix milliseconds; retries do not change it.
    public var enqueuedAtMilliseconds: Int64
    /// Key of the dead letter this job replays.
    public var replayKey: [UInt8]?
    /// Why the bytes of a job of the known version are not a job, nil for a sound one. `records` then holds the raw
    /// bytes as its only record, so that they can be buried.
    public var damage: String?

    public init(
        id: JobID,
        version: Int = JobFormat.version,
        records: [QueueRecord],
        byteCount: Int,
        deaths: Int = 0,
        enqueuedAtMilliseconds: Int64,
        replayKey: [UInt8]? = nil,
        damage: String? = nil
    ) {
        self.id = id
        self.version = version
        self.records = records
        self.byteCount = byteCount
        self.deaths = deaths
        self.enqueuedAtMilliseconds = enqueuedAtMilliseconds
        self.replayKey = replayKey
        self.damage = damage
    }
}

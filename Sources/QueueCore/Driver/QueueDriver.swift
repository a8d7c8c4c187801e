/// One consumer of one queue (and shard); the seam between the queue core and whatever keeps the jobs.
///
/// A job that is claimed is held under a lease. Its consumer extends the lease while it works; a lease that ran out
/// makes the job reclaimable by everyone. Every call on held jobs checks the owner first: a job that is no longer ours
/// is left alone and is missing from the answer. `QueueConformance` says the rest, one suite for every driver.
///
/// Calls may overlap: the lease keeper extends while the worker claims or acknowledges. A call on a cancelled task may
/// return early, but a claim or reclaim never throws away jobs it has already taken.
public protocol QueueDriver: Sendable {
    /// Appends all of `jobs` or none of them, in order.
    ///
    /// - Throws: ``QueueError/Code/full`` when the limits in records or bytes would be passed,
    ///   ``QueueError/Code/malformedJob`` for a job without records or with more than ``JobFormat/maximumRecords``.
    func append(_ jobs: [NewJob]) async throws(QueueError)

    /// Takes waiting jobs, oldest first, stopping at the first job that reaches a limit: at most one job beyond either.
    ///
    /// Waits up to `wait` for the first job; an empty answer means that none came. `.zero` does not wait.
    func claim(maxRecords: Int, maxBytes: Int, wait: Duration) async throws(QueueError) -> [Job]

    /// Renews the leases, from now. Answers the jobs this consumer still owns.
    func extend(_ jobs: [Job]) async throws(QueueError) -> Set<JobID>

    /// Removes jobs that are done. Answers the ones removed by this call.
    func acknowledge(_ jobs: [Job]) async throws(QueueError) -> Set<JobID>

    /// Puts jobs away until `delay` has passed and ``promoteDue()`` brings them back; deaths unchanged. Answers the
    /// ones moved.
    func retryLater(_ jobs: [Job], after delay: Duration) async throws(QueueError) -> Set<JobID>

    /// Gives jobs back to the queue at once, for any consumer to claim; deaths unchanged. Where in the queue is the
    /// driver's choice.
    func release(_ jobs: [Job]) async throws(QueueError)

    /// Takes over jobs whose lease ran out, bounded like ``claim(maxRecords:maxBytes:wait:)``. One more death for a job
    /// of another consumer; the deaths of our own are unchanged (a claim whose answer was lost).
    func reclaim(maxRecords: Int, maxBytes: Int) async throws(QueueError) -> [Job]

    /// Brings due retries back into the queue, a bounded number a call. Answers how many.
    func promoteDue() async throws(QueueError) -> Int

    func depth() async throws(QueueError) -> QueueDepth

    /// Removes this consumer if it holds nothing. Never fails: what is left of a consumer is harmless.
    func leave() async
}

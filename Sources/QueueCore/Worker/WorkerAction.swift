/// What the shell around ``WorkerStateMachine`` is to do; each is answered by one ``WorkerEvent``.
public enum WorkerAction: Sendable, Hashable {
    /// Claim, waiting up to `wait`; with `mayReclaim`, jobs of dead workers first if it is time. → claimed, claimFailed
    case claim(maxRecords: Int, maxBytes: Int, wait: Duration, mayReclaim: Bool)
    /// → putAside, putAsideFailed
    case putAside(PutAside)
    /// One transaction of the store. → stored, failed, refused, abandoned
    case run(Batch)
    /// → acknowledged, acknowledgeFailed
    case acknowledge([Job])
    /// Until the time is over or the shutdown begins. → rested
    case rest(WorkerRest)
    /// The end; no event follows.
    case stop
}

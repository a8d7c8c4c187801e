/// The jobs that one transaction is to settle.
public struct Batch: Sendable, Hashable {
    /// What is to happen to the records.
    public enum Purpose: Sendable, Hashable {
        case store
        /// Keep them as dead letters without trying them again.
        case bury(reason: String)
    }

    public var jobs: [Job]
    public var purpose: Purpose
    /// Attempts that failed before this one.
    public var failures: Int
    /// A probe may bury although the breaker is tripped.
    public var isProbe: Bool

    public init(jobs: [Job], purpose: Purpose = .store, failures: Int = 0, isProbe: Bool = false) {
        self.jobs = jobs
        self.purpose = purpose
        self.failures = failures
        self.isProbe = isProbe
    }

    public var recordCount: Int { jobs.reduce(0) { $0 + $1.records.count } }
}

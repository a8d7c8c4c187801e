/// What became of one request.
struct RequestRecord: Sendable {
    enum Outcome: Sendable, Hashable {
        /// 200.
        case acknowledged
        /// 503, and the service says that nothing was done.
        case refused
        /// No answer, or 503 with `X-Outcome: unknown`.
        case unknown
        /// What no request of a load may be answered with.
        case unexpected
    }

    /// Also the number in its event id.
    var number: Int
    /// Into `LoadPlan.kinds`.
    var kind: Int
    var outcome: Outcome
    /// 0 when there was no answer.
    var status: Int
    /// How often it was sent.
    var attempts: Int
    /// Unix milliseconds before it was first sent and after the last answer.
    var sentMilliseconds: Int64
    var answeredMilliseconds: Int64
    /// Of the last attempt.
    var latencyNanoseconds: Int64
}

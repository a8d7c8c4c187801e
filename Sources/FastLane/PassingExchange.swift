import NIOCore

/// A request of the next handlers, as far as the lane follows it.
struct PassingExchange {
    var startedAt: NIODeadline
    /// The connection ends with this exchange.
    var closes: Bool
    var requestEnded = false
    /// Its final head is written.
    var responseBegan = false
    var responseEnded = false
}

/// Where a connection is; one request at a time, since `HTTPServerPipelineHandler` holds back the next.
///
/// ```
/// idle ─▶ collecting ─▶ awaiting ─▶ idle | closing
///  │  └─▶ discarding ─────▲
///  └────▶ passing ───────────────▶ idle | closing
/// ```
/// `closed` follows on any of them.
enum ConnectionPhase {
    /// Between requests, perhaps with the first bytes of a head read.
    case idle
    /// Our request; its body is arriving.
    case collecting
    /// Our request, refused already; the answer goes out when its body has gone by.
    case discarding
    /// Our request; the answer is being made, or waits until the peer reads.
    case awaiting
    /// The next handlers' request.
    case passing
    /// The last answer is on its way out, or out and the peer has time to read it.
    case closing
    case closed
}

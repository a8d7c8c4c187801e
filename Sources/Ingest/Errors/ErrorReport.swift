/// One report as it is kept: validated, cut to the limits, repaired, with its effective time. The texts are valid UTF-8.
public struct ErrorReport: Sendable {
    public internal(set) var texts = ErrorTexts()
    /// The parts of the caller's own fingerprint, in the bytes of `texts`; empty when it sent none.
    var fingerprintParts: [ErrorTexts.Extent] = []
    /// When the error happened: the client's time if believable, else the time of receipt. Unix milliseconds.
    public internal(set) var eventMilliseconds: Int64 = 0
    /// Unix milliseconds.
    public internal(set) var receivedMilliseconds: Int64 = 0
    /// Fields that were cut; `context` also when keys were left out.
    public internal(set) var truncated: ErrorFieldSet = []
    /// Fields in which something unreadable became U+FFFD.
    public internal(set) var repaired: ErrorFieldSet = []
    /// Fields whose value was not taken; `timestamp` when the time of receipt stands in.
    public internal(set) var adjusted: ErrorFieldSet = []
    /// Fields in which a secret was replaced. An event id that holds one is still in `texts`: it tells the report apart.
    public internal(set) var scrubbed: ErrorFieldSet = []

    init() {}

    /// The parts of the caller's own fingerprint; nil when it sent none.
    public var fingerprint: [ArraySlice<UInt8>]? {
        fingerprintParts.isEmpty ? nil : fingerprintParts.map { texts.bytes[$0.range] }
    }

    /// Makes room for the next report and keeps the memory.
    mutating func reset(receivedAt milliseconds: Int64) {
        texts.removeAll()
        fingerprintParts.removeAll(keepingCapacity: true)
        eventMilliseconds = milliseconds
        receivedMilliseconds = milliseconds
        truncated = []
        repaired = []
        adjusted = []
        scrubbed = []
    }
}

/// One record of a job: bytes that only the path that made them understands.
public struct QueueRecord: Sendable, Hashable {
    public var payload: [UInt8]

    public init(payload: [UInt8]) {
        self.payload = payload
    }
}

import QueueConformance
import QueueCore
import Testing

@Suite("In-memory queue")
struct InMemoryConformanceTests {
    @Test("keeps every promise of the seam", arguments: QueueConformance<InMemoryQueueDriver>.cases)
    func conforms(_ promise: QueueConformanceCase<InMemoryQueueDriver>) async throws {
        try await promise.run { limits in Self.makeFixture(limits: limits) }
    }

    @Test("behaves like the naive model under random commands", arguments: 1...40)
    func followsTheModel(seed: Int) async throws {
        try await QueueModelRun<InMemoryQueueDriver>(seed: UInt64(seed), commandCount: 400, skipsTime: true).run {
            Self.makeFixture(limits: $0)
        }
    }

    private static func makeFixture(limits: QueueLimits) -> QueueFixture<InMemoryQueueDriver> {
        let clock = ManualQueueClock()
        let lease = Duration.milliseconds(200)
        let queue = InMemoryQueue(limits: limits, lease: lease, clock: clock)
        return QueueFixture(
            lease: lease,
            clock: clock,
            makeDriver: { queue.driver(consumer: $0) },
            advance: { clock.advance(by: $0) }
        )
    }
}

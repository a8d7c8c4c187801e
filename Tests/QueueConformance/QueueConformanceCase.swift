public import QueueCore

/// One promise of ``QueueDriver``.
public struct QueueConformanceCase<Driver: QueueDriver>: Sendable, CustomStringConvertible {
    public var name: String
    /// Limits of the queue the case wants.
    public var limits: QueueLimits
    var body: @Sendable (QueueFixture<Driver>) async throws -> Void

    init(
        _ name: String,
        limits: QueueLimits = QueueLimits(),
        body: @escaping @Sendable (QueueFixture<Driver>) async throws -> Void
    ) {
        self.name = name
        self.limits = limits
        self.body = body
    }

    public var description: String { name }

    /// - Throws: ``ConformanceFailure``, or whatever the driver or `makeFixture` throws.
    public func run(_ makeFixture: (QueueLimits) async throws -> QueueFixture<Driver>) async throws {
        let fixture = try await makeFixture(limits)
        do {
            try await body(fixture)
        } catch {
            await fixture.tearDown()
            throw error
        }
        await fixture.tearDown()
    }
}

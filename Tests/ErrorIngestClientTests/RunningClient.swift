import ErrorIngestClient
import NIOConcurrencyHelpers
import TestServers

/// A client with its `run()`, for as long as `body` takes; then it is cancelled.
func withClient<R>(
    _ server: ScriptedServer,
    _ change: (inout ErrorIngestClient.Configuration) -> Void = { _ in },
    events: EventLog = EventLog(),
    _ body: (ErrorIngestClient) async throws -> R
) async throws -> R {
    var configuration = ErrorIngestClient.Configuration(url: server.url)
    configuration.flushInterval = .milliseconds(10)
    configuration.retryLimit = .milliseconds(100)
    configuration.observer = { events.append($0) }
    change(&configuration)
    let client = try ErrorIngestClient(configuration: configuration)
    let running = Task { try await client.run() }
    do {
        let result = try await body(client)
        running.cancel()
        try await running.value
        return result
    } catch {
        running.cancel()
        throw error
    }
}

/// What an observer was told.
final class EventLog: Sendable {
    private let events = NIOLockedValueBox<[ErrorIngestClient.Event]>([])

    func append(_ event: ErrorIngestClient.Event) { events.withLockedValue { $0.append(event) } }
    var all: [ErrorIngestClient.Event] { events.withLockedValue { $0 } }

    /// The waits before the next attempts, in order.
    var delays: [Duration] {
        all.compactMap { if case .deliveryFailed(_, let delay) = $0 { delay } else { nil } }
    }
}

import QueueCore
import ServiceLifecycle

/// The queue workers of this process, of all pipelines: told to stop together, so that shutting down takes as long as the slowest
/// of them.
struct Workers: Service {
    let workers: [any Worker]

    func run() async throws {
        await withGracefulShutdownHandler {
            await withTaskGroup(of: Void.self) { group in
                for worker in workers { group.addTask { await worker.run() } }
            }
        } onGracefulShutdown: {
            for worker in workers { worker.beginShutdown() }
        }
    }
}

/// A `QueueWorker` over any driver and store.
protocol Worker: Sendable {
    func run() async
    func beginShutdown()
}

extension QueueWorker: Worker {}

import IngestStorage
import QueueCore
import ServiceLifecycle

/// The queue workers of this process: told to stop together, so that shutting down takes as long as the slowest of them.
struct Workers: Service {
    typealias Worker = QueueWorker<RedisQueueDriver, MySQLErrorStore>

    let workers: [Worker]

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

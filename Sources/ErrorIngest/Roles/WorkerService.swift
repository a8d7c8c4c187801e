import QueueCore
import ServiceLifecycle

/// A queue worker in the service group: told to shut down with it, and given time to finish its batch.
struct WorkerService<Driver: QueueDriver, Store: BatchStore>: Service {
    let worker: QueueWorker<Driver, Store>

    func run() async throws {
        await withGracefulShutdownHandler {
            await worker.run()
        } onGracefulShutdown: {
            worker.beginShutdown()
        }
    }
}

import EmbeddedServers
import Glibc
import Logging
import Synchronization

/// A server a test has to itself; what `TestRedis` and `TestMariaDB` have in common.
final class ServerInstance: Sendable {
    private static let startLimit = Duration.seconds(60)

    private let process = Mutex<ServerProcess?>(nil)

    deinit {
        // A test that forgot to stop its server, or failed before it could.
        process.withLock { $0 }?.signal(SIGKILL)
    }

    var processID: Int32? {
        process.withLock { $0 }.flatMap { $0.isRunning ? $0.processID : nil }
    }

    func start(_ server: some EmbeddedServer) async throws {
        let started = try await server.launch(within: Self.startLimit)
        process.withLock { $0 = started }
    }

    func stop() async {
        guard let process = process.withLock({ $0 }) else { return }
        await process.stop(within: .seconds(30))
    }

    func kill() async {
        guard let process = process.withLock({ $0 }) else { return }
        process.signal(SIGKILL)
        await process.waitForExit()
    }

    func signal(_ number: Int32) {
        process.withLock { $0 }?.signal(number)
    }
}

import EmbeddedServers
import ServiceLifecycle
import Synchronization

/// A service that depends on the embedded servers and looks, when it stops, whether they are still there.
final class ServerUser: Service {
    private let servers: EmbeddedServers
    private let directory: String
    private let count = Mutex<Int?>(nil)

    init(servers: EmbeddedServers, directory: String) {
        self.servers = servers
        self.directory = directory
    }

    var serversAtItsEnd: Int? { count.withLock { $0 } }

    func run() async throws {
        try await servers.ready()
        try await gracefulShutdown()
        let running = RunningServers.count(in: directory)
        count.withLock { $0 = running }
    }
}

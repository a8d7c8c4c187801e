import IngestStorage
import Logging
import NIOCore
import NIOPosix
import RedisClient

/// The connections to Redis of one process: one per event loop for the accept path, one for everything that answers at once,
/// and one per worker for waiting.
final class RedisLinks: Sendable {
    /// For commands that answer at once and are not hot.
    let control: RedisClient
    /// One per event loop, in the order of the group's loops; used only from its own loop.
    let lanes: [RedisLink]
    private let blocking: [RedisLink]

    /// - Parameters:
    ///   - lanes: whether this process accepts reports.
    ///   - blocking: number of workers that wait for jobs.
    init(configuration: RedisConfiguration, group: any EventLoopGroup, lanes: Bool, blocking: Int, logger: Logger) {
        func link(on loop: any EventLoop, _ purpose: String) -> RedisLink {
            var configuration = configuration
            configuration.clientName = "error-ingest-\(purpose)"
            var logger = logger
            logger[metadataKey: "link"] = "\(purpose)"
            return RedisLink(configuration: configuration, eventLoop: loop, logger: logger)
        }
        self.control = RedisClient(link: link(on: group.next(), "control"))
        self.lanes = lanes ? group.makeIterator().map { link(on: $0, "lane") } : []
        self.blocking = (0..<blocking).map { _ in link(on: group.next(), "worker") }
    }

    /// The connection of worker number `index` alone.
    func blockingClient(_ index: Int) -> RedisClient {
        RedisClient(link: blocking[index])
    }

    private var all: [RedisLink] { [control.link] + lanes + blocking }

    func start() {
        for link in all { link.start() }
    }

    /// - Throws: why the connection could not be made, after `limit`.
    func waitUntilConnected(within limit: Duration) async throws(RedisClientError) {
        for link in all { try await RedisClient(link: link).waitUntilConnected(within: limit) }
    }

    /// Whether every connection is there that a request or a worker cannot do without; a worker polls without the one it waits on.
    var isConnected: Bool {
        control.link.snapshot.isConnected && lanes.allSatisfy { $0.snapshot.isConnected }
    }

    func shutDown() async {
        for link in all { try? await link.shutDown().get() }
    }
}

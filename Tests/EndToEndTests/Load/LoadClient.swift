import NIOCore
import NIOPosix

/// Reports errors over many connections, each with one request at a time, and logs what became of every one.
///
/// A request whose outcome is unknown is never sent again, unless it carries an event id: as a careful reporter does.
final class LoadClient: Sendable {
    private let source: LoadSource
    private let logs: EventLoopFuture<[[RequestRecord]]>

    /// Starts at once.
    init(_ plan: LoadPlan) {
        let source = LoadSource(plan)
        self.source = source
        let group = MultiThreadedEventLoopGroup.singleton
        let futures = (0..<plan.connections).map { index in
            let loop = group.next()
            let connection = LoadConnection(source: source, port: plan.ports[index % plan.ports.count], loop: loop)
            return connection.run()
        }
        logs = EventLoopFuture.whenAllSucceed(futures, on: group.next())
    }

    var acknowledgedCount: Int { source.acknowledgedCount }

    /// No further requests; those under way come to their end.
    func stop() {
        source.stop()
    }

    /// Waits until every request has come to its end.
    func log() async throws -> LoadLog {
        LoadLog(kinds: source.plan.kinds, records: try await logs.get().flatMap { $0 })
    }
}

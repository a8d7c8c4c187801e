import NIOConcurrencyHelpers
import NIOCore
import NIOPosix
import RedisClient
import TestServers

/// A server that says what a test wants: it reads commands with the reader under test (they are arrays of strings) and
/// answers each as `script` decides; what the script leaves alone gets a healthy server's answer.
final class FakeServer: Sendable {
    enum Answer: Sendable {
        /// RESP as it goes out.
        case wire(String)
        case delayed(String, TimeAmount)
        case silence
        case close
    }

    struct Received: Sendable {
        /// 1 for the first connection.
        let connection: Int
        let words: [String]
    }

    typealias Script = @Sendable (Received) -> Answer?

    struct State: Sendable {
        var script: Script
        var received: [Received] = []
        var connections: [any Channel] = []
        var readCount = 0
    }

    static let digest = String(repeating: "a", count: 40)

    let path: String
    let state: NIOLockedValueBox<State>
    private let listener: any Channel

    init(_ script: @escaping Script = { _ in nil }) async throws {
        path = try TestServers.freshDirectory() + "/fake.sock"
        let state = NIOLockedValueBox(State(script: script))
        self.state = state
        listener = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    let number = state.withLockedValue { state in
                        state.connections.append(channel)
                        return state.connections.count
                    }
                    let handler = try Handler(state: state, number: number)
                    try channel.pipeline.syncOperations.addHandler(handler)
                }
            }
            .bind(unixDomainSocketPath: path).get()
    }

    var endpoint: RedisEndpoint { RedisEndpoint(address: .unixSocket(path: path)) }

    /// Commands other than the handshake's and the health checks'.
    var commands: [[String]] {
        state.withLockedValue { $0.received.map(\.words) }.filter { words in
            !["INFO", "CONFIG", "CLIENT"].contains(words[0])
        }
    }

    var connectionCount: Int { state.withLockedValue { $0.connections.count } }

    func setScript(_ script: @escaping Script) {
        state.withLockedValue { $0.script = script }
    }

    /// Writes to the newest connection.
    func write(_ wire: String) async throws {
        guard let channel = state.withLockedValue({ $0.connections.last }) else { return }
        try await channel.writeAndFlush(ByteBuffer(string: wire)).get()
    }

    func stop() async throws {
        let connections = state.withLockedValue { $0.connections }
        for channel in connections { channel.close(promise: nil) }
        try await listener.close().get()
    }

    static func info(runID: String = "run1", role: String = "master", loading: Int = 0) -> String {
        bulk(
            """
            # Server\r\nredis_version:7.0.15\r\nrun_id:\(runID)\r\nuptime_in_seconds:5\r\n\r
            # Replication\r\nrole:\(role)\r\nmaster_replid:repl1\r\n\r
            # Memory\r\nused_memory:1000\r\nmaxmemory:0\r\n\r
            # Persistence\r\nloading:\(loading)\r\naof_last_write_status:ok\r\n
            """
        )
    }

    static func bulk(_ text: String) -> String { "$\(text.utf8.count)\r\n\(text)\r\n" }

    static func healthyAnswer(_ words: [String]) -> Answer {
        switch words[0] {
        case "INFO": return .wire(info())
        case "CONFIG":
            let settings = [
                "appendonly", "yes", "appendfsync", "always", "no-appendfsync-on-rewrite", "no",
                "maxmemory-policy", "noeviction", "maxmemory", "100",
            ]
            return .wire("*\(settings.count)\r\n" + settings.map(bulk).joined())
        case "SCRIPT": return .wire(bulk(digest))
        default: return .wire("+OK\r\n")
        }
    }

    private final class Handler: ChannelInboundHandler {
        typealias InboundIn = ByteBuffer
        typealias OutboundOut = ByteBuffer

        let state: NIOLockedValueBox<State>
        let number: Int
        let reader: RESPReader

        init(state: NIOLockedValueBox<State>, number: Int) throws {
            self.state = state
            self.number = number
            reader = try RESPReader()
        }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            state.withLockedValue { $0.readCount += 1 }
            do {
                try unwrapInboundIn(data).withUnsafeReadableBytes { try reader.feed($0) }
                while let command = try reader.next() {
                    let words = (command.elements ?? []).map { $0.text ?? "" }
                    answer(Received(connection: number, words: words), context: context)
                }
            } catch {
                context.close(promise: nil)
            }
        }

        private func answer(_ received: Received, context: ChannelHandlerContext) {
            let script = state.withLockedValue { state in
                state.received.append(received)
                return state.script
            }
            switch script(received) ?? FakeServer.healthyAnswer(received.words) {
            case .wire(let wire): context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: wire)), promise: nil)
            case .delayed(let wire, let delay):
                let channel = context.channel
                channel.eventLoop.scheduleTask(in: delay) {
                    channel.writeAndFlush(ByteBuffer(string: wire), promise: nil)
                }
            case .silence: break
            case .close: context.close(promise: nil)
            }
        }
    }
}

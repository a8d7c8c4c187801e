import ArgumentParser
import NIOCore
import NIOHTTP1
import NIOPosix
import UnixSignals

/// The best a plain NIO server does with the requests that the service gets.
struct HTTPCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "http",
        abstract: "Answer every request with the same few bytes, on 127.0.0.1, until SIGTERM.",
        discussion: """
            The body of a request is read and dropped; the answer is as long as the service's own to POST \
            /errors/log. Prints "ready PORT" when it listens.
            """
    )

    @Option(help: "Port to listen on; 0 takes a free one.")
    var port = 0

    @Option(help: "Event loops, a thread each: as many as the service has.")
    var loops = 1

    func validate() throws {
        guard (0...65_535).contains(port) else { throw ValidationError("--port must be from 0 to 65535") }
        guard (1...64).contains(loops) else { throw ValidationError("--loops must be from 1 to 64") }
    }

    func run() async throws {
        let signals = await UnixSignalsSequence(trapping: .sigterm, .sigint)
        let group = MultiThreadedEventLoopGroup(numberOfThreads: loops)
        let server = try await Self.bootstrap(group).bind(host: "127.0.0.1", port: port).get()
        StandardOutput.put(line: "ready \(server.localAddress?.port ?? port)")
        for await _ in signals { break }
        try await server.close()
        try await group.shutdownGracefully()
    }

    private static func bootstrap(_ group: MultiThreadedEventLoopGroup) -> ServerBootstrap {
        ServerBootstrap(group: group)
            .serverChannelOption(.backlog, value: 1_024)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    let pipeline = channel.pipeline.syncOperations
                    // As LaneChannel of the service sets it up.
                    try pipeline.configureHTTPServerPipeline(
                        withPipeliningAssistance: true,
                        withErrorHandling: false,
                        withOutboundHeaderValidation: false
                    )
                    try pipeline.addHandler(ConstantAnswerHandler())
                }
            }
    }
}

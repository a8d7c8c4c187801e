import IngestStorage
import Logging
import NIOCore
import NIOEmbedded
import RedisClient

/// A link to Redis whose socket is in memory. The server's part is a text that the gate has ready.
final class RedisStandIn {
    let link: RedisLink
    private let loop: EmbeddedEventLoop
    private let channel: EmbeddedChannel
    private let end = ChannelEnd()

    init(on loop: EmbeddedEventLoop) throws {
        self.loop = loop
        var configuration = RedisConfiguration(endpoint: RedisEndpoint(address: .unixSocket(path: "/redis")))
        configuration.scripts = RedisScripts.all
        let logger = Logger(label: "gate") { _ in SwiftLogNoOpLogHandler() }
        link = RedisLink(configuration: configuration, eventLoop: loop, logger: logger)
        channel = EmbeddedChannel(handler: end, loop: loop)
        try link.connect(over: channel)
        try channel.connect(to: SocketAddress(unixDomainSocketPath: "/redis")).wait()
        try shakeHands()
    }

    /// INFO, CONFIG GET, and SCRIPT LOAD of each script, each after the reply to the one before.
    private func shakeHands() throws {
        let runID = String(repeating: "b", count: 40)
        let info = "run_id:\(runID)\r\nmaster_replid:\(runID)\r\nrole:master\r\nloading:0\r\n"
        try answer(ByteBuffer(string: "$\(info.utf8.count)\r\n\(info)\r\n"))
        try answer(ByteBuffer(string: "*0\r\n"))
        for _ in RedisScripts.all { try answer(ByteBuffer(string: "$40\r\n\(runID)\r\n")) }
        guard link.isReady else { throw GateProblem("the link is not ready after its handshake") }
    }

    /// Lets the loop write what this turn has, and gives it the reply. The reply must be that to one command.
    /// - Returns: how many bytes were written.
    @discardableResult
    func answer(_ reply: ByteBuffer) throws -> Int {
        loop.run()
        let count = end.takeByteCount()
        guard count > 0 else { throw GateProblem("nothing was sent to Redis") }
        try channel.writeInbound(reply)
        return count
    }
}

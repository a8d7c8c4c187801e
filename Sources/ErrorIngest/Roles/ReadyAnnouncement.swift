import Logging
import NIOCore

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// Says that the service is ready: to the log, and for people who started `serve` by hand a command to try.
struct ReadyAnnouncement: Sendable {
    let system: IngestSystem

    func announce(_ channel: any Channel) {
        let port = channel.localAddress?.port ?? system.configuration.port
        let host = system.configuration.host
        system.logger.notice(
            "ready", metadata: ["host": "\(host)", "port": "\(port)", "roles": "\(system.roles)"])
        guard system.roles == .all else { return }
        let reachable = host == "0.0.0.0" || host == "::" ? "127.0.0.1" : host.contains(":") ? "[\(host)]" : host
        let text = """

            ErrorIngest is ready. Report an error:

              curl -X POST http://\(reachable):\(port)/errors/log -d '{"message":"Hello from curl","type":"FirstError","service":"shell"}'

            and read it back:

              curl http://\(reachable):\(port)/errors


            """
        text.utf8.withContiguousStorageIfAvailable { _ = write(STDOUT_FILENO, $0.baseAddress, $0.count) }
    }
}

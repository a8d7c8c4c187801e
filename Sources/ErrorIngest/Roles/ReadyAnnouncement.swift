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
        let configuration = system.configuration
        let ingest = configuration.ingestToken == nil ? "" : #" -H "Authorization: Bearer $INGEST_TOKEN""#
        let admin = configuration.adminTokens == nil ? "" : #" -H "Authorization: Bearer $TOKEN""#
        let url = "http://\(reachable):\(port)"
        let report = #"{"message":"Hello from curl","type":"FirstError","service":"shell"}"#
        let mayRead = configuration.adminTokens != nil || configuration.listensOnLoopbackOnly
        let text = """

            ErrorIngest is ready. Report an error:

              curl\(ingest) -X POST \(url)/errors/log -d '\(report)'

            \(Self.introduction(mayRead: mayRead, needsToken: !admin.isEmpty))

              curl\(admin) \(url)/errors


            """
        text.utf8.withContiguousStorageIfAvailable { _ = write(STDOUT_FILENO, $0.baseAddress, $0.count) }
    }

    private static func introduction(mayRead: Bool, needsToken: Bool) -> String {
        if !mayRead { return "To read it back, set ADMIN_TOKEN: others can reach this address. Then:" }
        return needsToken ? "and read it back (TOKEN: one of those of ADMIN_TOKEN):" : "and read it back:"
    }
}

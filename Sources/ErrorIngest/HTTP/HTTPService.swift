import Hummingbird
import NIOCore
import ServiceLifecycle

/// The HTTP server in the service group; explains why it cannot listen.
struct HTTPService<Server: ApplicationProtocol>: Service {
    let application: Server
    let host: String
    let port: Int

    func run() async throws {
        do {
            try await application.run()
        } catch let error as IOError {
            throw StartupError(
                problem: "cannot listen on HOST \(host), PORT \(port): \(error)",
                remedy:
                    "Stop the program that listens there, or set HOST and PORT to an address of this machine that is free"
            )
        }
    }
}

import AsyncHTTPClient
import EmbeddedServers
import FoundationEssentials
import Glibc
import NIOConcurrencyHelpers
import NIOCore
import NIOHTTP1
import TestServers

/// The built service with embedded servers, which can be killed and started again on its port and data.
final class RunningService: Sendable {
    private let port: Int
    private let directory: String
    private let process: NIOLockedValueBox<ServerProcess>

    static func start() async throws -> RunningService {
        let service = try RunningService()
        try await service.waitUntilReady()
        return service
    }

    private init() throws {
        // Below the range that the system takes for outgoing connections: it must be free again after a kill.
        port = Int.random(in: 15_000..<20_000)
        directory = try TestServers.freshDirectory()
        process = NIOLockedValueBox(try Self.launch(port, directory))
    }

    deinit {
        process.withLockedValue { $0 }.signal(SIGKILL)
    }

    private static func launch(_ port: Int, _ directory: String) throws -> ServerProcess {
        try ServerProcess(
            ServerCommand(
                executable: try BuiltBinary.path,
                arguments: ["serve"],
                environment: ServerCommand.plainEnvironment + [
                    "PORT=\(port)", "DATA_DIR=\(directory)/data", "SYNC_INTERVAL_SECONDS=1", "INGEST_TOKEN=t0ken",
                    // Names the tests' directory: the watchdog of the tests ends every process that does.
                    "TEST_DIRECTORY=\(directory)/",
                ],
                logPath: directory + "/service.log"
            )
        )
    }

    var url: String { "http://127.0.0.1:\(port)" }

    private var log: String { String(decoding: FileTree.read(directory + "/service.log") ?? [], as: UTF8.self) }

    private func waitUntilReady() async throws {
        try await eventually(within: .seconds(60), description: "the service is ready") {
            if let exit = process.withLockedValue({ $0 }).exit { throw TestServerError("it ended: \(exit)\n\(log)") }
            return (try? await get("/health/ready")) != nil
        }
    }

    /// SIGKILL: the embedded servers live on until the next start.
    func kill() async {
        let process = process.withLockedValue { $0 }
        process.signal(SIGKILL)
        await process.waitForExit()
    }

    func startAgain() async throws {
        let started = try Self.launch(port, directory)
        process.withLockedValue { $0 = started }
        try await waitUntilReady()
    }

    func stop() async {
        await process.withLockedValue { $0 }.stop(within: .seconds(40))
    }

    /// The errors of a service as `GET /errors/{fingerprint}` shows them, once they have been counted `total` times together.
    func errors(of name: String, total: Int) async throws -> [JSON] {
        var fingerprints: [String] = []
        var seen = JSON.null
        do {
            try await eventually(within: .seconds(20), description: "\(total) occurrences") {
                seen = try await get("/errors?service=\(name)&limit=100")
                let found = seen["errors"]?.elements ?? []
                fingerprints = found.compactMap { $0["fingerprint"]?.string }
                return found.reduce(0) { $0 + ($1["count"]?.int ?? 0) } == total
            }
        } catch {
            throw TestServerError("\(error): \(seen)\n\(log)")
        }
        var errors: [JSON] = []
        for fingerprint in fingerprints { errors.append(try await get("/errors/\(fingerprint)")) }
        return errors
    }

    private func get(_ target: String) async throws -> JSON {
        let answer = try await HTTPClient.shared.execute(HTTPClientRequest(url: url + target), timeout: .seconds(5))
        let body = try await answer.body.collect(upTo: 1 << 20)
        guard answer.status.code == 200 else { throw TestServerError("\(target): \(answer.status)") }
        return try JSON(Array(body.readableBytesView))
    }
}

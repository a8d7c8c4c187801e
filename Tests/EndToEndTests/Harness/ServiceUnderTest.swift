import EmbeddedServers
import Glibc
import TestServers

/// The built program in one run, in a session of its own, as an operator would start it.
final class ServiceUnderTest: Sendable {
    /// How long a SIGTERM may take before the process is ended by SIGKILL.
    static let stopLimit = Duration.seconds(40)

    let command: String
    let port: Int
    private let process: ServerProcess
    private let logPath: String

    /// Starts it; does not wait for anything.
    ///
    /// - Parameter environment: the service's whole configuration. Nothing of the test's own environment is inherited.
    init(_ arguments: [String], environment: [String: String], port: Int? = nil) throws {
        let directory = try TestServers.freshDirectory()
        self.command = arguments.joined(separator: " ")
        self.port = try port ?? Int(FreePort.find())
        self.logPath = directory + "/service.log"
        var settings = environment
        settings["PORT"] = settings["PORT"] ?? "\(self.port)"
        // Names the tests' directory: the watchdog of the tests ends every process that does.
        settings["TEST_DIRECTORY"] = directory + "/"
        process = try ServerProcess(
            ServerCommand(
                executable: try BuiltBinary.path,
                arguments: arguments,
                environment: ServerCommand.plainEnvironment + settings.map { "\($0.key)=\($0.value)" },
                logPath: logPath
            )
        )
    }

    deinit {
        process.signal(SIGKILL)
    }

    var processID: Int32 { process.processID }

    /// nil while it runs.
    var exit: ProcessExit? { process.exit }

    /// Standard output and standard error, the last 64 KiB.
    var log: String {
        String(decoding: FileTree.read(logPath, lastBytes: 64 * 1024) ?? [], as: UTF8.self)
    }

    /// All of it, up to 64 MiB.
    var wholeLog: String {
        String(decoding: FileTree.read(logPath, lastBytes: 64 << 20) ?? [], as: UTF8.self)
    }

    /// `VmRSS`, bytes; nil when it does not run.
    var residentBytes: Int? {
        guard exit == nil, let status = FileTree.read("/proc/\(processID)/status") else { return nil }
        let line = String(decoding: status, as: UTF8.self).split(separator: "\n").first { $0.hasPrefix("VmRSS:") }
        return line?.split(whereSeparator: { $0 == " " || $0 == "\t" }).dropFirst().first.flatMap { Int($0) }
            .map { $0 * 1024 }
    }

    /// Waits until `/health/ready` answers 200.
    func waitUntilReady(within limit: Duration = .seconds(60)) async throws {
        try await eventually(within: limit, description: "\(command) is ready") {
            if let exit { throw TestServerError("\(command) ended with \(exit) before it was ready:\n\(log)") }
            return (try? await get("/health/ready").status) == 200
        }
    }

    func signal(_ number: Int32) {
        process.signal(number)
    }

    /// SIGKILL, and waits for the end. Servers it has started live on.
    func kill() async {
        process.signal(SIGKILL)
        await process.waitForExit()
    }

    /// SIGTERM, and waits for the end.
    @discardableResult
    func stop() async -> ProcessExit {
        await process.stop(within: Self.stopLimit)
    }

    /// Waits until it has ended by itself.
    func waitForExit(within limit: Duration) async throws -> ProcessExit {
        try await eventually(within: limit, description: "\(command) ends") { exit != nil }
        return await process.waitForExit()
    }

    // MARK: - Requests, each on a connection of its own

    func send(_ request: HTTPRequest) async throws -> HTTPAnswer {
        let connection = try await HTTPConnection.open(port: port, asksForHeads: request.method == "HEAD")
        do {
            try await connection.send(request.bytes)
            let answer = try await connection.answer()
            await connection.close()
            return answer
        } catch {
            await connection.close()
            throw error
        }
    }

    func get(_ target: String, headers: [(String, String)] = []) async throws -> HTTPAnswer {
        try await send(HTTPRequest("GET", target, headers: headers))
    }

    func post(_ target: String, _ body: String, headers: [(String, String)] = []) async throws -> HTTPAnswer {
        try await send(HTTPRequest("POST", target, headers: headers, body: body))
    }

    /// Reports an error that must be taken, and returns its fingerprint.
    @discardableResult
    func report(_ body: String) async throws -> String {
        let answer = try await post("/errors/log", body)
        guard answer.status == 200, let fingerprint = try answer.json["fingerprint"]?.string else {
            throw TestServerError("the report was not taken: \(answer.status) \(answer.text)")
        }
        return fingerprint
    }
}

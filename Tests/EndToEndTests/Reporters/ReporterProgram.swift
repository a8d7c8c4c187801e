import EmbeddedServers
import Glibc
import TestServers

/// A small program of another language that uses one of `docs/reporters`.
struct ReporterProgram {
    /// The directory of the reporters, as the document quotes them.
    static let reporters = "/" + #filePath.split(separator: "/").dropLast(4).joined(separator: "/") + "/docs/reporters"

    /// The text of a reporter.
    static func text(of name: String) throws -> String {
        guard let bytes = FileTree.read("\(reporters)/\(name)") else { throw TestServerError("no \(name)") }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Of the program's files.
    let directory: String

    init() throws {
        directory = try TestServers.freshDirectory()
    }

    /// Writes a file of the program.
    @discardableResult
    func write(_ name: String, _ text: String) throws -> String {
        let path = "\(directory)/\(name)"
        try FileTree.write(text, to: path)
        return path
    }

    /// Runs a program to its end.
    ///
    /// - Parameters:
    ///   - program: its name; where the Debian package is missing, the error says which.
    ///   - limit: it is killed after that, which fails the test.
    func run(
        _ program: String, package: String, _ arguments: [String], _ environment: [String: String] = [:],
        within limit: Duration = .seconds(60)
    ) async throws -> (exit: ProcessExit, output: String) {
        let process = try start(program, package: package, arguments, environment)
        let killer = Task {
            try await Task.sleep(for: limit)
            process.signalGroup(SIGKILL)
        }
        defer { killer.cancel() }
        let exit = await process.waitForExit()
        return (exit, output)
    }

    func start(
        _ program: String, package: String, _ arguments: [String], _ environment: [String: String] = [:]
    ) throws -> ServerProcess {
        var environment = environment
        environment["HOME"] = directory
        // Names the tests' directory: the watchdog of the tests ends every process that does.
        environment["TEST_DIRECTORY"] = directory + "/"
        return try ServerProcess(
            ServerCommand(
                executable: try Executable.find([program], package: package),
                arguments: arguments,
                environment: ServerCommand.plainEnvironment + environment.map { "\($0.key)=\($0.value)" },
                logPath: directory + "/output.log"
            )
        )
    }

    /// Standard output and standard error of all runs.
    var output: String { String(decoding: FileTree.read(directory + "/output.log") ?? [], as: UTF8.self) }
}

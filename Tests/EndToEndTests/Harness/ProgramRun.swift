import EmbeddedServers
import TestServers

/// One run of a program that ends by itself.
struct ProgramRun {
    let exit: ProcessExit
    /// What it wrote to its standard output, and to its standard error.
    let output: String
    let problems: String

    var lines: [Substring] { output.split(separator: "\n") }

    /// - Parameters:
    ///   - program: absolute path; the service unless given.
    ///   - input: its standard input.
    init(
        _ arguments: [String], program: String? = nil, input: String = "", environment: [String] = [],
        within limit: Duration = .seconds(30)
    ) async throws {
        let program = if let program { program } else { try BuiltBinary.path }
        let directory = try TestServers.freshDirectory()
        try FileTree.write(input, to: directory + "/input")
        let command = #"exec "$0" "$@" <"$DIRECTORY/input" >"$DIRECTORY/output" 2>"$DIRECTORY/problems""#
        let process = try ServerProcess(
            ServerCommand(
                executable: "/bin/sh",
                arguments: ["-c", command, program] + arguments,
                environment: ServerCommand.plainEnvironment + ["DIRECTORY=\(directory)"] + environment,
                logPath: directory + "/shell.log"))
        try await eventually(within: limit, description: "\(program) \(arguments.first ?? "") ends") {
            process.exit != nil
        }
        exit = await process.waitForExit()
        output = String(decoding: FileTree.read(directory + "/output") ?? [], as: UTF8.self)
        problems = String(decoding: FileTree.read(directory + "/problems") ?? [], as: UTF8.self)
    }
}

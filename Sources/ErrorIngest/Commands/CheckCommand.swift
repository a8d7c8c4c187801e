import ArgumentParser

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

struct CheckCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract:
            "Look at everything the service needs, and end. Starts and changes nothing; safe while the service runs.",
        discussion: """
            Each line says ok, warning or failure, what was seen, and what to do about it. The exit status is that of the gravest \
            failure: \(CheckClass.allCases.map { "\($0.rawValue) \($0.name)" }.joined(separator: ", ")); 0 when there is none, 1 when \
            the check itself could not be done, 64 for a wrong option.
            """
    )

    @Flag(help: "Write one JSON object.")
    var json = false

    @Flag(help: "Count warnings as failures.")
    var strict = false

    @Option(help: "Less free disk space, in MiB, is a failure; less than four times that a warning.")
    var leastFreeMib = 512

    func run() async throws {
        signal(SIGPIPE, SIG_IGN)
        let report = await SystemCheck(isStrict: strict, leastFree_MiB: max(0, leastFreeMib)).run()
        print(json ? String(decoding: report.json, as: UTF8.self) + "\n" : report.text, terminator: "")
        if report.exitCode != 0 { throw ExitCode(report.exitCode) }
    }
}

import ArgumentParser
import Fingerprint
import Ingest
import QueueCore

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

struct FingerprintCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "fingerprint",
        abstract:
            "Explain the fingerprints of the reports on standard input, and end. Stores nothing; needs no servers.",
        discussion: """
            Reads one JSON object, a JSON array, or reports in lines (NDJSON), as POST /errors/log and POST /errors/batch do, at most \
            \(inputBytes / 1_048_576) MiB. The exit status is 65 when a report would not be accepted; what is wrong with it is on standard \
            error, and the others are explained. docs/fingerprint.md says what the parts mean.
            """
    )

    static let inputBytes = 16 * 1_048_576
    /// `EX_DATAERR` of sysexits(3).
    private static let badData = ExitCode(65)

    @Flag(help: "Write one JSON object a line.")
    var json = false

    @Option(
        help: ArgumentHelp(
            "How errors are grouped, instead of GROUPING.",
            valueName: Grouping.allCases.map(\.rawValue).joined(separator: "|")))
    var grouping: String?

    func validate() throws {
        if let grouping, Grouping(rawValue: grouping) == nil {
            let names = Grouping.allCases.map(\.rawValue).joined(separator: " or ")
            throw ValidationError("--grouping must be \(names)")
        }
    }

    func run() async throws {
        signal(SIGPIPE, SIG_IGN)
        let path: ErrorPath
        do {
            path = try await errorPath()
        } catch {
            ServiceProcess.complain(error)
            throw ExitCode.failure
        }
        guard let input = Self.standardInput() else { throw Self.badData }
        let now = WallClock.unixMilliseconds
        var count = 0
        var isBad = false
        input.withUnsafeBytes { input in
            path.explain(input, receivedAt: now) { explanation in
                count += 1
                switch explanation {
                case .accepted(let fingerprint, let stack):
                    if let line = json ? explanation.json(item: count) : nil {
                        print(String(decoding: line, as: UTF8.self))
                    } else {
                        print(FingerprintText(fingerprint, stack: stack, item: count).text)
                    }
                case .rejected(let rejection):
                    isBad = true
                    Self.complain(of: rejection, item: count)
                }
            }
        }
        if count == 0 { ServiceProcess.complain(InputProblem(description: "there is no report on standard input")) }
        if isBad || count == 0 { throw Self.badData }
    }

    /// The same path a request takes, with the service's own settings.
    private func errorPath() async throws -> ErrorPath {
        let values = try await ConfigurationValues.load()
        let name = try grouping ?? values.text(.grouping)
        return try ErrorPath(grouping: Grouping(rawValue: name) ?? .standard, scrubber: Scrubber(values))
    }

    /// Nil, with the reason on standard error, when it cannot be read or is too long.
    private static func standardInput() -> [UInt8]? {
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 65_536)
        while bytes.count <= inputBytes {
            let count = read(STDIN_FILENO, &chunk, chunk.count)
            if count == 0 { return bytes }
            if count > 0 {
                bytes.append(contentsOf: chunk[..<count])
            } else if errno != EINTR {
                let reason = String(cString: strerror(errno))
                ServiceProcess.complain(InputProblem(description: "standard input cannot be read: \(reason)"))
                return nil
            }
        }
        ServiceProcess.complain(InputProblem(description: "standard input is longer than \(inputBytes) bytes"))
        return nil
    }

    private static func complain(of rejection: RequestRejection, item: Int) {
        let fields = rejection.fields.map { "field \($0.field), rule \($0.rule)" }.joined(separator: "; ")
        let problem = "report \(item): \(rejection.message) (\(rejection.code): \(fields))"
        ServiceProcess.complain(InputProblem(description: TerminalText.visible(problem)))
    }

    private struct InputProblem: Error, CustomStringConvertible {
        let description: String
    }
}

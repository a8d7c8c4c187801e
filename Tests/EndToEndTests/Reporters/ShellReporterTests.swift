import EmbeddedServers
import NIOHTTP1
import TestServers
import Testing

/// `docs/reporters/error-ingest.sh` in the shells of Debian.
@Suite(.timeLimit(.minutes(2))) struct ShellReporterTests {
    private static func run(
        _ program: ReporterProgram, _ shell: String, _ body: String, _ front: FlakyFront, name: String
    ) async throws -> Int32? {
        let path = try program.write("program.sh", body)
        let (exit, output) = try await program.run(
            shell, package: shell, [path],
            [
                "ERROR_INGEST_URL": front.url, "ERROR_INGEST_PROJECT": name, "ERROR_INGEST_SERVICE": "shop",
                "ERROR_INGEST_TOKEN": "t0ken",
                "ERROR_INGEST_ENVIRONMENT": "test", "ERROR_INGEST_RELEASE": "1.0",
            ])
        guard case .exited(let status) = exit else {
            Issue.record("\(exit): \(output)")
            return nil
        }
        return status
    }

    private static let load = ". \(ReporterProgram.reporters)/error-ingest.sh\n"

    @Test(arguments: ["dash", "bash"])
    func reportByHandIsCountedOnce(shell: String) async throws {
        let service = try await ContractService.service()
        let front = try await FlakyFront(service, [.unavailable(retryAfterSeconds: 1), .answerLost])
        let program = try ReporterProgram()
        let name = "shell-reporter-\(shell)"
        let status = try await Self.run(
            program, shell,
            "set -eu\n" + Self.load + #"""
                message=$(printf 'a "quote", a \\, a\nline, a\ttab, \001, \177, $(not run) \303\274')
                error_ingest_report "$message" 32
                echo "and on"
                """#,
            front, name: name)
        #expect(status == 0)
        #expect(program.output == "and on\n")
        let found = try await ReportedErrors(of: name, total: 1, at: service)
        #expect(found.total == 1)
        let error = try #require(found.only("ShellError"))
        let message = try #require(error["message"]?.string)
        #expect(message.hasPrefix("a \"quote\", a \\, a\nline, a\ttab, "))
        #expect(message.hasSuffix(", $(not run) ü"))
        #expect(error["context"]?["exitCode"]?.string == "32")
        #expect(error["environment"]?.string == "test")
        #expect(error["release"]?.string == "1.0")
        #expect(front.passed.count == 3)
        #expect(front.passed.allSatisfy { $0.body == front.passed[0].body })
        #expect(front.passed.allSatisfy { $0.headers.first(name: "authorization") == "Bearer t0ken" })
    }

    @Test(arguments: ["dash", "bash"])
    func exitCodeIsReportedAndKept(shell: String) async throws {
        let service = try await ContractService.service()
        let front = try await FlakyFront(service, [])
        let program = try ReporterProgram()
        let name = "shell-exit-\(shell)"
        for (ending, expected) in [("exit 3", Int32(3)), ("exit 4", 4), ("exit 0", 0), ("set -e\nfalse", 1)] {
            let body = Self.load + "trap error_ingest_on_exit EXIT\n" + ending + "\n"
            #expect(try await Self.run(program, shell, body, front, name: name) == expected)
        }
        let found = try await ReportedErrors(of: name, total: 3, at: service)
        // Numbers in a message do not count.
        #expect(found.errors.count == 1)
        #expect(found.total == 3)
        #expect(found.errors.first?["message"]?.string == "program.sh ended with exit code 3")
    }

    @Test func bashReportsItsCallStack() async throws {
        let service = try await ContractService.service()
        let front = try await FlakyFront(service, [.dropped])
        let program = try ReporterProgram()
        for shift in [0, 9] {
            let body =
                String(repeating: "\n", count: shift) + "set -eEu\n" + Self.load + """
                    trap error_ingest_on_error ERR
                    mount_disk() { grep "needle \(shift)" /dev/null; }
                    backup() { mount_disk; }
                    backup
                    """
            #expect(try await Self.run(program, "bash", body, front, name: "shell-stack") == 1)
        }
        let found = try await ReportedErrors(of: "shell-stack", total: 2, at: service)
        #expect(found.total == 2)
        let error = try #require(found.only("ShellError"))
        #expect(error["count"]?.int == 2)
        #expect(error["message"]?.string == "exit code 1: grep \"needle 0\" /dev/null")
        let frames = error["stackTrace"]?.string?.split(separator: "\n").map { $0.split(separator: " ")[1] }
        #expect(frames == ["mount_disk", "backup", "main"])
    }

    @Test func awayServiceDoesNotHoldTheScript() async throws {
        let service = try await ContractService.service()
        let front = try await FlakyFront(service, Array(repeating: .unavailable(retryAfterSeconds: 3600), count: 100))
        let program = try ReporterProgram()
        let start = ContinuousClock.now
        let status = try await Self.run(
            program, "dash", Self.load + "error_ingest_report 'nobody listens'; exit 7", front, name: "shell-away")
        #expect(status == 7)
        #expect(ContinuousClock.now - start < .seconds(25))
    }
}

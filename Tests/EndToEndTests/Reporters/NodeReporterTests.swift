import EmbeddedServers
import NIOHTTP1
import TestServers
import Testing

/// `docs/reporters/node.js` in a real Node.
@Suite(.timeLimit(.minutes(2))) struct NodeReporterTests {
    /// Fails in three ways; `shift` moves every line and changes every value.
    private static func source(_ url: String, shift: Int, lastWords: Int = 20_000) -> String {
        String(repeating: "\n", count: shift) + """
            const errorIngest = require("\(ReporterProgram.reporters)/node.js")({
              url: "\(url)", token: "t0ken", service: "shop", project: "node-reporter", environment: "test", release: "1.0.\(shift)",
              lastWordsMs: \(lastWords),
            });
            function pay(order) {
              try { null.card } catch (cause) { throw new RangeError(`order ${order} refused`, { cause }); }
            }
            function later() { return Promise.reject(new TypeError("rejected \(shift)")); }
            try { pay(\(shift)) } catch (error) { errorIngest.report(error, { order: \(shift), self: globalThis }); }
            errorIngest.report("only text \(shift)");
            if (process.argv[2] === "reject") later();
            if (process.argv[2] === "throw") { const e = new Error("fatal \(shift)"); e.name = "LastError"; throw e; }
            """
    }

    @Test func everyWayToFailIsReportedOnce() async throws {
        let service = try await ContractService.service()
        let faults: [FlakyFront.Fault] = [.unavailable(retryAfterSeconds: 1), .answerLost, .dropped, .answerLost]
        let front = try await FlakyFront(service, faults)
        let program = try ReporterProgram()
        for (run, way) in ["throw", "throw", "reject", "reject", "end"].enumerated() {
            // The same file each time: it is part of a fingerprint.
            let path = try program.write("program.js", Self.source(front.url, shift: run * 7))
            let start = ContinuousClock.now
            let (exit, output) = try await program.run("node", package: "nodejs", [path, way])
            // It does not wait for its last words when everything is said.
            #expect(ContinuousClock.now - start < .seconds(15))
            #expect(exit == .exited(way == "end" ? 0 : 1), "\(output)")
        }
        // Printed as if there were no reporter.
        #expect(program.output.contains("[LastError]: fatal 0") && program.output.contains("TypeError: rejected 14"))

        let found = try await ReportedErrors(of: "node-reporter", total: 14, at: service)
        #expect(found.total == 14)
        #expect(found.errors.count == 4)
        let refused = try #require(found.only("RangeError"))
        #expect(refused["count"]?.int == 5)
        #expect(refused["message"]?.string == "order 0 refused")
        #expect(refused["stackTrace"]?.string?.contains("at pay (") == true)
        #expect(refused["stackTrace"]?.string?.contains("Caused by: TypeError") == true)
        #expect(refused["level"]?.string == "error")
        #expect(refused["release"]?.string == "1.0.0")
        #expect(found.only("LastError")?["count"]?.int == 2)
        #expect(found.only("LastError")?["level"]?.string == "fatal")
        #expect(found.only("TypeError")?["count"]?.int == 2)
        #expect(found.only("TypeError")?["context"]?["origin"]?.string == "unhandledRejection")
        let text = found.errors.first { $0["message"]?.string?.hasPrefix("only text") == true }
        #expect(text?["count"]?.int == 5)
        for error in found.errors {
            #expect(error["environment"]?.string == "test")
            #expect(error["service"]?.string == "shop")
            #expect(error["context"]?["host"]?.string != nil)
        }
        #expect(front.passed.allSatisfy { $0.headers.first(name: "authorization") == "Bearer t0ken" })
        // Sent again under the same event id, byte for byte.
        #expect(front.passed[0].body == front.passed[1].body)
    }

    /// The service is away: the program ends nevertheless, within its last words (1 s), and as it would have.
    @Test func awayServiceDoesNotHoldTheProgram() async throws {
        let program = try ReporterProgram()
        let path = try program.write("program.js", Self.source("http://127.0.0.1:1", shift: 1, lastWords: 1_000))
        let start = ContinuousClock.now
        let thrown = try await program.run("node", package: "nodejs", [path, "throw"])
        #expect(thrown.exit == .exited(1))
        let ended = try await program.run("node", package: "nodejs", [path, "end"])
        #expect(ended.exit == .exited(0))
        #expect(ContinuousClock.now - start < .seconds(30))
    }
}

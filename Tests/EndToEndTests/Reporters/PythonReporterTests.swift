import EmbeddedServers
import NIOHTTP1
import TestServers
import Testing

/// `docs/reporters/error_ingest.py` in a real Python.
@Suite(.timeLimit(.minutes(2))) struct PythonReporterTests {
    private static func source(_ url: String, shift: Int, lastWords: Int = 20) -> String {
        String(repeating: "\n", count: shift) + """
            import logging, sys, threading
            sys.path.insert(0, "\(ReporterProgram.reporters)")
            sys.dont_write_bytecode = True
            import error_ingest
            handler = error_ingest.install(
                "\(url)", token="t0ken", service="shop", project="python-reporter", environment="test", release="1.0.\(shift)",
                last_words_s=\(lastWords))
            class Refused(Exception):
                pass
            def pay(order):
                try:
                    {}["card"]
                except KeyError as cause:
                    raise Refused("order %d refused" % order) from cause
            log = logging.getLogger("shop")
            try:
                pay(\(shift))
            except Refused:
                log.exception("could not pay order %d", \(shift), extra={"order": \(shift), "broken": object()})
            log.error("only text %d and 100%%", \(shift))
            log.warning("not reported")
            def work():
                raise ValueError("in a thread \(shift)")
            thread = threading.Thread(target=work)
            thread.start()
            thread.join()
            if sys.argv[1] == "throw":
                raise OverflowError("fatal \(shift)")
            """
    }

    @Test func everyWayToFailIsReportedOnce() async throws {
        let service = try await ContractService.service()
        let faults: [FlakyFront.Fault] = [.unavailable(retryAfterSeconds: 1), .answerLost, .dropped, .answerLost]
        let front = try await FlakyFront(service, faults)
        let program = try ReporterProgram()
        for (run, way) in ["throw", "throw", "end"].enumerated() {
            let path = try program.write("program.py", Self.source(front.url, shift: run * 7))
            let (exit, output) = try await program.run("python3", package: "python3", [path, way])
            #expect(exit == .exited(way == "end" ? 0 : 1), "\(output)")
        }
        #expect(program.output.contains("OverflowError: fatal 0"))
        #expect(program.output.contains("ValueError: in a thread 0"))

        let found = try await ReportedErrors(of: "python-reporter", total: 11, at: service)
        #expect(found.total == 11)
        #expect(found.errors.count == 4)
        let refused = try #require(found.only("__main__.Refused"))
        #expect(refused["count"]?.int == 3)
        #expect(refused["message"]?.string == "order 0 refused")
        #expect(refused["stackTrace"]?.string?.contains("in pay") == true)
        #expect(refused["stackTrace"]?.string?.contains("KeyError: 'card'") == true)
        #expect(refused["level"]?.string == "error")
        #expect(refused["release"]?.string == "1.0.0")
        #expect(refused["context"]?["order"]?.int == 0)
        #expect(refused["context"]?["log"]?.string == "could not pay order 0")
        #expect(refused["context"]?["logger"]?.string == "shop")
        #expect(found.only("OverflowError")?["count"]?.int == 2)
        #expect(found.only("OverflowError")?["level"]?.string == "fatal")
        #expect(found.only("ValueError")?["count"]?.int == 3)
        let text = found.errors.first { $0["message"]?.string == "only text 0 and 100%" }
        #expect(text?["count"]?.int == 3)
        #expect(front.passed.allSatisfy { $0.headers.first(name: "authorization") == "Bearer t0ken" })
        #expect(front.passed[0].body == front.passed[1].body)
    }

    @Test func awayServiceDoesNotHoldTheProgram() async throws {
        let program = try ReporterProgram()
        let path = try program.write("program.py", Self.source("http://127.0.0.1:1", shift: 1, lastWords: 1))
        let start = ContinuousClock.now
        let (exit, output) = try await program.run("python3", package: "python3", [path, "throw"])
        #expect(exit == .exited(1), "\(output)")
        #expect(ContinuousClock.now - start < .seconds(20))
    }
}

import EmbeddedServers
import NIOHTTP1
import TestServers
import Testing

/// `docs/reporters/ErrorIngestHandler.java`, compiled and run by a real JDK.
@Suite(.timeLimit(.minutes(3))) struct JavaReporterTests {
    private static func source(_ url: String, shift: Int, lastWords: Int) -> String {
        String(repeating: "\n", count: shift) + """
            import java.util.Map;
            import java.util.logging.*;
            public class Program {
                static void pay(int order) {
                    try {
                        Integer.parseInt("card");
                    } catch (NumberFormatException cause) {
                        throw new IllegalStateException("order " + order + " refused \\u00e9 \\"now\\"", cause);
                    }
                }
                public static void main(String[] arguments) throws Exception {
                    ErrorIngestHandler.install("\(url)", "t0ken", Map.of(
                        "service", "shop", "project", "java-reporter", "environment", "test", "release", "1.0.\(shift)")).lastWordsMs = \(lastWords);
                    Logger log = Logger.getLogger("shop");
                    try {
                        pay(\(shift));
                    } catch (IllegalStateException error) {
                        log.log(Level.SEVERE, "could not pay", error);
                    }
                    log.log(Level.SEVERE, "only text {0}", \(shift));
                    log.warning("not reported");
                    Thread thread = new Thread(() -> { throw new IllegalArgumentException("in a thread \(shift)"); });
                    thread.start();
                    thread.join();
                    throw new ArithmeticException("fatal \(shift)");
                }
            }
            """
    }

    /// Compiles the handler and the program, and runs it.
    private static func run(_ program: ReporterProgram, _ url: String, shift: Int, lastWords: Int = 20_000) async throws
    {
        let path = try program.write("Program.java", source(url, shift: shift, lastWords: lastWords))
        let classes = program.directory + "/classes"
        let compiled = try await program.run(
            "javac", package: "default-jdk-headless",
            ["-Xlint:all", "-Werror", "-d", classes, ReporterProgram.reporters + "/ErrorIngestHandler.java", path])
        #expect(compiled.exit == .exited(0), "\(compiled.output)")
        let (exit, output) = try await program.run(
            "java", package: "default-jdk-headless", ["-Xmx64m", "-XX:TieredStopAtLevel=1", "-cp", classes, "Program"])
        #expect(exit == .exited(1), "\(output)")
    }

    @Test func everyWayToFailIsReportedOnce() async throws {
        let service = try await ContractService.service()
        let faults: [FlakyFront.Fault] = [.unavailable(retryAfterSeconds: 1), .answerLost, .dropped, .answerLost]
        let front = try await FlakyFront(service, faults)
        let program = try ReporterProgram()
        for run in 0..<2 { try await Self.run(program, front.url, shift: run * 7) }
        #expect(program.output.contains("Exception in thread \"main\" java.lang.ArithmeticException: fatal 0"))

        let found = try await ReportedErrors(of: "java-reporter", total: 8, at: service)
        #expect(found.total == 8)
        #expect(found.errors.count == 4)
        let refused = try #require(found.only("java.lang.IllegalStateException"))
        #expect(refused["count"]?.int == 2)
        #expect(refused["message"]?.string == "order 0 refused é \"now\"")
        #expect(refused["stackTrace"]?.string?.contains("at Program.pay(Program.java:") == true)
        #expect(refused["stackTrace"]?.string?.contains("Caused by: java.lang.NumberFormatException") == true)
        #expect(refused["level"]?.string == "error")
        #expect(refused["release"]?.string == "1.0.0")
        #expect(refused["context"]?["log"]?.string == "could not pay")
        #expect(found.only("java.lang.ArithmeticException")?["count"]?.int == 2)
        #expect(found.only("java.lang.ArithmeticException")?["level"]?.string == "fatal")
        #expect(found.only("java.lang.IllegalArgumentException")?["count"]?.int == 2)
        #expect(found.errors.first { $0["message"]?.string == "only text 0" }?["count"]?.int == 2)
        #expect(front.passed.allSatisfy { $0.headers.first(name: "authorization") == "Bearer t0ken" })
        #expect(front.passed[0].body == front.passed[1].body)
    }

    @Test func awayServiceDoesNotHoldTheProgram() async throws {
        let program = try ReporterProgram()
        let start = ContinuousClock.now
        try await Self.run(program, "http://127.0.0.1:1", shift: 1, lastWords: 1_000)
        #expect(ContinuousClock.now - start < .seconds(40))
    }
}

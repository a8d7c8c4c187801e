import EmbeddedServers
import TestServers
import Testing

/// `docs/reporting.md` quotes the files that the other tests of this folder run.
@Suite struct ReportingDocumentTests {
    private static let root = ReporterProgram.reporters + "/../.."

    @Test(arguments: [
        ("js", "docs/reporters/browser.js"), ("js", "docs/reporters/node.js"),
        ("python", "docs/reporters/error_ingest.py"), ("java", "docs/reporters/ErrorIngestHandler.java"),
        ("sh", "docs/reporters/error-ingest.sh"),
        // Compiled there, and run.
        ("swift", "Tests/ErrorIngestClientTests/ReportingExample.swift"),
    ])
    func documentQuotesTheFile(language: String, path: String) throws {
        let document = String(decoding: try #require(FileTree.read(Self.root + "/docs/reporting.md")), as: UTF8.self)
        let file = String(decoding: try #require(FileTree.read("\(Self.root)/\(path)")), as: UTF8.self)
        #expect(!file.contains("```"))
        #expect(
            document.contains("```\(language)\n\(file)```\n"), "docs/reporting.md differs from \(path)")
    }

    @Test func thereIsNoOtherReporter() {
        let names = FileTree.names(in: ReporterProgram.reporters).sorted()
        #expect(names == ["ErrorIngestHandler.java", "browser.js", "error-ingest.sh", "error_ingest.py", "node.js"])
    }

    /// Small enough to be read before it is pasted.
    @Test func browserReporterIsShort() throws {
        #expect(try ReporterProgram.text(of: "browser.js").count { $0 == "\n" } < 120)
    }
}

import EmbeddedServers
import TestServers
import Testing

/// `docs/configuration.md` is what the program says of its keys.
@Suite struct ConfigurationDocumentTests {
    private func output(_ arguments: [String]) async throws -> String {
        let program = try ServiceUnderTest(arguments, environment: [:])
        #expect(try await program.waitForExit(within: .seconds(20)) == .exited(0))
        return program.log
    }

    @Test func theDocumentIsTheOneTheProgramWrites() async throws {
        let written = try await output(["configuration", "--markdown"])
        let path = #filePath.split(separator: "/").dropLast(4).joined(separator: "/")
        let document = String(decoding: FileTree.read("/\(path)/docs/configuration.md") ?? [], as: UTF8.self)
        let lines = { (text: String) in text.split(separator: "\n", omittingEmptySubsequences: false) }
        let changed = zip(lines(document), lines(written)).first { $0 != $1 }
        #expect(
            document == written,
            """
            docs/configuration.md is not up to date: run `error-ingest configuration --markdown > docs/configuration.md`. \
            First difference: \(changed.map { "\($0) | \($1)" } ?? "its length")
            """)
    }

    @Test func helpAndReferenceNameEveryKey() async throws {
        let document = try await output(["configuration", "--markdown"])
        let keys = document.split(separator: "\n").filter { $0.hasPrefix("| `") }
            .compactMap { $0.split(separator: "`").dropFirst().first }
        #expect(keys.count >= 30)
        #expect(Set(keys).count == keys.count)
        let help = try await output(["--help"])
        let reference = try await output(["configuration"])
        for key in keys {
            #expect(help.contains("\(key)="), "\(key)")
            #expect(reference.contains("\n\(key)="), "\(key)")
        }
        for section in ["Service", "HTTP", "Stores", "Queue", "Counting", "Retention", "Security", "Logging"] {
            #expect(document.contains("\n## \(section)\n\n| key |"), "\(section)")
        }
    }
}

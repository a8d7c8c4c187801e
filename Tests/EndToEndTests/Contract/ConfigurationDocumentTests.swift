import EmbeddedServers
import Testing

/// `docs/configuration.md` and `--help` say the same of every key.
@Suite struct ConfigurationDocumentTests {
    @Test func everyKeyIsDocumented() async throws {
        let program = try ServiceUnderTest(["--help"], environment: [:])
        #expect(try await program.waitForExit(within: .seconds(20)) == .exited(0))
        let help = program.log
        let path = #filePath.split(separator: "/").dropLast(4).joined(separator: "/")
        let document = String(decoding: FileTree.read("/\(path)/docs/configuration.md") ?? [], as: UTF8.self)
        let keys = help.split(separator: "\n").compactMap { line -> (name: Substring, value: Substring)? in
            let text = line.drop { $0 == " " }
            guard let sign = text.firstIndex(of: "="), text[..<sign].allSatisfy({ $0.isUppercase || $0 == "_" }) else {
                return nil
            }
            return (text[..<sign], text[text.index(after: sign)...])
        }
        #expect(keys.count >= 20)
        for key in keys {
            let row = document.split(separator: "\n").first { $0.hasPrefix("| `\(key.name)` |") }
            #expect(row != nil, "\(key.name) is missing in docs/configuration.md")
            #expect(
                key.value.isEmpty || row?.contains("| `\(key.value)` |") == true, "\(key.name): default \(key.value)")
        }
        let rows = document.split(separator: "\n").count { $0.hasPrefix("| `") }
        #expect(rows == keys.count)
    }
}

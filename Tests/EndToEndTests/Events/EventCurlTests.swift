import EmbeddedServers
import TestServers
import Testing

/// The commands that people copy, through the `curl` program (Debian: curl) as they stand, but for the port.
@Suite struct EventCurlTests {
    /// A command, and the status and body it must get.
    struct Example: Sendable, CustomTestStringConvertible {
        var command: String
        var status: Int
        var body: String
        var testDescription: String { command }
    }

    private static let event =
        #"{"site_id":"curl","event_type":"page_view","path":"/pricing","user_id":"user-xyz-789","timestamp":"2025-11-12T19:30:01Z"}"#

    private static let invalid =
        #"{"success":false,"error":"Validation failed","details":["site_id is required and must be a string","timestamp must be a valid ISO 8601 date string"]}"#

    static let examples = [
        Example(
            command: "curl -X POST http://localhost:9002/event -H 'Content-Type: application/json' -d '\(event)'",
            status: 200, body: EventDialectTests.plainAnswer),
        // Without a content type curl says that it is a form.
        Example(
            command: "curl http://localhost:9002/event -d '\(event)'", status: 200, body: EventDialectTests.plainAnswer),
        Example(
            command: """
                curl -X POST http://127.0.0.1:9002/api/event \\
                  -H "Content-Type: application/json" \\
                  -d '{
                    "site_id": "curl",
                    "event_type": "page_view",
                    "path": "/pricing",
                    "user_id": "user-xyz-789",
                    "timestamp": "2025-11-12T19:30:01Z"
                  }'
                """,
            status: 202, body: EventDialectTests.envelopeAnswer),
        Example(
            command: "curl http://localhost:9002/api/event -d '\(event)'", status: 202,
            body: EventDialectTests.envelopeAnswer),
        Example(
            command: #"curl http://localhost:9002/api/event -d '{"event_type":"page_view","timestamp":"yesterday"}'"#,
            status: 400, body: invalid),
        Example(
            command: "curl http://localhost:9002/events -d '\(identified("curl-1"))'", status: 200,
            body: accepted(["curl-1"])),
        Example(
            command: "curl http://localhost:9002/events -d '[\(identified("curl-2")),\(identified("curl-3"))]'",
            status: 200,
            body: accepted(["curl-2", "curl-3"])),
        // `-d @file` would take the line ends out.
        Example(
            command: """
                cat > events.ndjson <<'END'
                \(identified("curl-4"))
                \(identified("curl-5"))
                END
                curl http://localhost:9002/events --data-binary @events.ndjson
                """,
            status: 200, body: accepted(["curl-4", "curl-5"])),
        Example(
            command: "curl 'http://localhost:9002/stats?site_id=nobody-curls'", status: 200,
            body: #"{"site_id":"nobody-curls","date":null,"total_views":0,"unique_users":0,"top_paths":[]}"#),
        Example(
            command: "curl 'http://localhost:9002/api/stats?site_id=nobody-curls'", status: 200,
            body: #"{"site_id":"nobody-curls","date":"all-time","total_views":0,"unique_users":0,"top_paths":[]}"#),
        Example(
            command: "curl 'http://localhost:9002/stats?site_id=nobody-curls&date=2025-11-12'", status: 200,
            body: #"{"site_id":"nobody-curls","date":"2025-11-12","total_views":0,"unique_users":0,"top_paths":[]}"#),
    ]

    @Test(arguments: examples)
    func worksAsItIsCopied(example: Example) async throws {
        let service = try await ContractService.service()
        let program = try ReporterProgram()
        // The command itself stays as it is: what the test wants besides the body comes from the configuration of curl.
        try program.write(
            ".curlrc", "silent\nshow-error\nmax-time = 20\nnoproxy = \"*\"\nwrite-out = \"\\n%{http_code}\"\n")
        let script = try program.write(
            "example.sh",
            "set -e\ncd \(program.directory)\n" + example.command.replacing(":9002", with: ":\(service.port)") + "\n")
        let (exit, output) = try await program.run("sh", package: "dash", [script])
        #expect(exit == .exited(0), "\(output)")
        #expect(output == "\(example.body)\n\(example.status)")
    }

    private static func identified(_ id: String) -> String {
        #"{"site_id":"curl","event_type":"page_view","event_id":"\#(id)","timestamp":"2025-11-12T19:30:01Z"}"#
    }

    private static func accepted(_ ids: [String]) -> String {
        let results = ids.map { #"{"status":"accepted","event_id":"\#($0)"}"# }.joined(separator: ",")
        return #"{"accepted":\#(ids.count),"duplicate":0,"rejected":0,"refused":0,"unknown":0,"results":[\#(results)]}"#
    }
}

import ErrorIngestClient
import Testing

@Suite struct ConfigurationTests {
    typealias Configuration = ErrorIngestClient.Configuration

    @Test(arguments: [
        "http://127.0.0.1:9002", "https://errors.example.com", "https://errors.example.com/ingest/", "HTTP://h",
        "http://[::1]:9002", "http://localhost/",
    ])
    func goodURL(url: String) throws {
        _ = try ErrorIngestClient(configuration: Configuration(url: url))
    }

    @Test(arguments: [
        "", "errors.example.com", "ftp://errors.example.com", "http://", "http:///path", "http://:9002",
        "http://h:port",
        "http://h:70000", "http://h:", "http://user:pass@h", "http://h?x=1", "http://h#x", "http://h h",
        "http://h\r\nx: y", "http://[::1", "http://[]:9",
    ])
    func badURL(url: String) {
        let error = #expect(throws: ErrorIngestClientError.self) {
            try ErrorIngestClient(configuration: Configuration(url: url))
        }
        #expect(error?.code == .invalidConfiguration)
        #expect(error?.message.hasPrefix("url ") == true)
    }

    static let bad: [(String, @Sendable (inout Configuration) -> Void)] = [
        ("token", { $0.token = "" }),
        ("token", { $0.token = "two words" }),
        ("token", { $0.token = "line\r\nbreak" }),
        ("token", { $0.token = "schlüssel" }),
        ("queueRecords", { $0.queueRecords = 0 }),
        ("queueBytes", { $0.queueBytes = 1 }),
        ("batchRecords", { $0.batchRecords = 1_001 }),
        ("batchBytes", { $0.batchBytes = 0 }),
        ("flushInterval", { $0.flushInterval = .seconds(-1) }),
        ("requestTimeout", { $0.requestTimeout = .zero }),
        ("retryLimit", { $0.retryLimit = .seconds(100_000) }),
        ("shutdownTimeout", { $0.shutdownTimeout = .seconds(-1) }),
    ]

    @Test(arguments: bad.indices)
    func badField(index: Int) {
        let (field, change) = Self.bad[index]
        var configuration = Configuration(url: "http://localhost")
        change(&configuration)
        let error = #expect(throws: ErrorIngestClientError.self) {
            try ErrorIngestClient(configuration: configuration)
        }
        #expect(error?.message.hasPrefix("\(field) ") == true)
    }

    @Test func tokenIsNotInTheMessage() {
        var configuration = Configuration(url: "http://localhost", token: "hush hush")
        configuration.service = "shop"
        let error = #expect(throws: ErrorIngestClientError.self) {
            try ErrorIngestClient(configuration: configuration)
        }
        #expect(error?.description.contains("hush") == false)
    }
}

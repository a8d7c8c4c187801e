internal import AsyncHTTPClient
internal import NIOCore
internal import NIOHTTP1

/// Sends batches over HTTP/1.1, one at a time, on a connection that is kept.
struct HTTPTransport: Sendable {
    /// An answer beyond this is none of ErrorIngest's: 1,000 results are at most about 700 KiB.
    private static let maxAnswerBytes = 4 * 1024 * 1024

    private let client: HTTPClient
    private let url: String
    private let headers: HTTPHeaders
    private let timeout: Duration

    init(_ configuration: ErrorIngestClient.Configuration) {
        timeout = configuration.requestTimeout
        url = configuration.batchURL
        var headers: HTTPHeaders = ["content-type": "application/x-ndjson", "user-agent": "error-ingest-swift"]
        if let token = configuration.token { headers.add(name: "authorization", value: "Bearer \(token)") }
        self.headers = headers
        var settings = HTTPClient.Configuration()
        // A redirection would send the token elsewhere, or turn the POST into a GET.
        settings.redirectConfiguration = .disallow
        settings.httpVersion = .http1Only
        settings.timeout.connect = TimeAmount(timeout)
        // Less than the service's own limit for idle connections (60 s): it must not be the one who closes.
        settings.connectionPool.idleTimeout = .seconds(30)
        // When to try again is decided in one place, and it is not there.
        settings.connectionPool.retryConnectionEstablishment = false
        client = HTTPClient(eventLoopGroup: HTTPClient.defaultEventLoopGroup, configuration: settings)
    }

    func shutDown() async {
        // Fails only when it was called before.
        try? await client.shutdown()
    }

    /// Never throws: whatever goes wrong is an answer, and a request that takes too long is broken off.
    func send(_ reports: ArraySlice<QueuedReport>) async -> BatchAnswer {
        await withTaskGroup(of: BatchAnswer.self) { group in
            group.addTask { await exchange(reports) }
            group.addTask {
                try? await Task.sleep(for: timeout)
                return .unavailable(reason: "no answer within \(timeout)", retryAfter: nil)
            }
            let answer = await group.next()
            group.cancelAll()
            return answer ?? .unavailable(reason: "cancelled", retryAfter: nil)
        }
    }

    private func exchange(_ reports: ArraySlice<QueuedReport>) async -> BatchAnswer {
        var body = ByteBuffer()
        body.reserveCapacity(reports.reduce(0) { $0 + $1.json.count + 1 })
        for report in reports {
            body.writeBytes(report.json)
            body.writeInteger(UInt8(ascii: "\n"))
        }
        var request = HTTPClientRequest(url: url)
        request.method = .POST
        request.headers = headers
        request.body = .bytes(body)
        do {
            let response = try await client.execute(request, timeout: TimeAmount(timeout))
            let answer = try await response.body.collect(upTo: Self.maxAnswerBytes)
            return BatchAnswer(
                status: Int(response.status.code),
                retryAfter: response.headers.first(name: "retry-after"),
                body: Array(answer.readableBytesView),
                count: reports.count
            )
        } catch {
            return .unavailable(reason: "\(error)", retryAfter: nil)
        }
    }
}

import NIOConcurrencyHelpers
import NIOCore
import NIOHTTP1
import NIOPosix
import TestServers

/// Stands between a reporter and the service, and spoils the first reports on purpose.
final class FlakyFront: Sendable {
    /// What becomes of a report on its way.
    enum Fault: Sendable {
        /// 503, and the service never sees it.
        case unavailable(retryAfterSeconds: Int)
        /// The connection ends, and the service never sees it.
        case dropped
        /// The service takes it, and the connection ends before the answer.
        case answerLost
    }

    struct Passed: Sendable {
        var uri: String
        var headers: HTTPHeaders
        var body: [UInt8]
    }

    private struct State {
        var faults: [Fault]
        var passed: [Passed] = []
    }

    private let state: NIOLockedValueBox<State>
    private let channel: any Channel
    let port: Int

    init(_ service: ServiceUnderTest, _ faults: [Fault]) async throws {
        let state = NIOLockedValueBox(State(faults: faults))
        self.state = state
        channel = try await LocalServer.start { request in
            guard request.method == .POST else { return try await Self.forward(request, to: service) }
            let fault: Fault? = state.withLockedValue { state in
                state.passed.append(Passed(uri: request.uri, headers: request.headers, body: request.body))
                return state.faults.isEmpty ? nil : state.faults.removeFirst()
            }
            switch fault {
            case nil: return try await Self.forward(request, to: service)
            case .unavailable(let seconds):
                let headers = [("retry-after", "\(seconds)"), ("access-control-allow-origin", "*")]
                return LocalServer.Answer(status: 503, headers: headers)
            case .dropped: return nil
            case .answerLost:
                _ = try await Self.forward(request, to: service)
                return nil
            }
        }
        guard let port = channel.localAddress?.port else { throw TestServerError("no port") }
        self.port = port
    }

    deinit {
        channel.close(promise: nil)
    }

    var url: String { "http://127.0.0.1:\(port)" }

    /// The reports that came, spoiled ones included.
    var passed: [Passed] { state.withLockedValue { $0.passed } }

    private static func forward(
        _ request: LocalServer.Request, to service: ServiceUnderTest
    ) async throws -> LocalServer.Answer {
        let kept = request.headers.filter { !["host", "content-length", "connection"].contains($0.name.lowercased()) }
        let answer = try await service.send(
            HTTPRequest(
                request.method.rawValue, request.uri, headers: kept.map { ($0.name, $0.value) }, body: request.body))
        let headers = answer.headers.filter { !["content-length", "connection"].contains($0.name) }
        return LocalServer.Answer(status: answer.status, headers: headers, body: answer.body)
    }
}

import NIOCore
import TestServers

/// How long the same request took, milliseconds.
struct RequestTimes {
    private let sorted: [Double]

    init(_ times: [Double]) {
        sorted = times.sorted()
    }

    var median: Double { sorted.isEmpty ? .nan : sorted[sorted.count / 2] }
    /// The slowest but one in a hundred.
    var p99: Double { sorted.isEmpty ? .nan : sorted[(sorted.count - 1) * 99 / 100] }
}

extension RequestTimes: CustomStringConvertible {
    var description: String {
        "median \(Self.text(median)) ms, p99 \(Self.text(p99)) ms"
    }

    private static func text(_ milliseconds: Double) -> String {
        "\((milliseconds * 10).rounded() / 10)"
    }
}

/// A caller of the service who keeps the connection and looks at the clock.
struct TimedCaller {
    let connection: HTTPConnection

    init(port: Int) async throws {
        connection = try await HTTPConnection.open(port: port)
    }

    func get(_ target: String) async throws -> (answer: HTTPAnswer, milliseconds: Double) {
        let start = ContinuousClock.now
        try await connection.send(HTTPRequest("GET", target).bytes)
        let answer = try await connection.answer(within: .seconds(30))
        let time = (ContinuousClock.now - start).milliseconds
        guard answer.status == 200 else { throw TestServerError("\(target): \(answer.status) \(answer.text)") }
        return (answer, time)
    }

    /// The times of the same request, again up to twice while their median is over the limit: machines are shared, and stall for a second now and then.
    /// One more before each round is not counted.
    func times(_ target: String, count: Int, limit: Double = .infinity) async throws -> RequestTimes {
        var times = try await round(target, count: count)
        for _ in 0..<2 where times.median >= limit { times = try await round(target, count: count) }
        return times
    }

    private func round(_ target: String, count: Int) async throws -> RequestTimes {
        _ = try await get(target)
        var times: [Double] = []
        for _ in 0..<count { times.append(try await get(target).milliseconds) }
        return RequestTimes(times)
    }
}

import CoreMetrics
import NIOConcurrencyHelpers

/// The `http_*` metrics. Handles are made once per (method, route, status) and kept; `route` is a template, so there are few.
final class HTTPMetrics: Sendable {
    private struct Key: Hashable {
        var method: String
        var route: String
        var status: Int
    }

    private struct Series {
        var count: Counter
        var duration: Timer
    }

    private let inFlight = Meter(label: "http_requests_in_flight")
    private let series = NIOLockedValueBox<[Key: Series]>([:])

    init() {
        inFlight.set(0)
    }

    func started() {
        inFlight.increment()
    }

    func finished(method: String, route: String, status: Int, duration: Duration) {
        inFlight.decrement()
        record(method: method, route: route, status: status, nanoseconds: Int64(duration / .nanoseconds(1)))
    }

    func record(method: String, route: String, status: Int, nanoseconds: Int64) {
        let key = Key(method: Self.known(method), route: route, status: status)
        let found = series.withLockedValue { all in
            if let found = all[key] { return found }
            let dimensions = [("method", key.method), ("route", key.route), ("status_code", "\(key.status)")]
            let made = Series(
                count: Counter(label: "http_requests_total", dimensions: dimensions),
                duration: Timer(label: "http_request_duration_seconds", dimensions: dimensions)
            )
            all[key] = made
            return made
        }
        found.count.increment()
        found.duration.recordNanoseconds(nanoseconds)
    }

    /// A client may send any word as its method.
    private static func known(_ method: String) -> String {
        switch method {
        case "GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS": method
        default: "other"
        }
    }
}

import CoreMetrics
import NIOConcurrencyHelpers

/// The `http_*` metrics. Handles are made once per (method, route, status) and kept; `route` is a template, so there are few.
package final class HTTPMetrics: Sendable {
    /// The handles of one label set.
    package struct Series: Sendable {
        fileprivate let count: Counter
        fileprivate let duration: Timer

        package func record(nanoseconds: Int64) {
            count.increment()
            duration.recordNanoseconds(nanoseconds)
        }
    }

    private struct Key: Hashable {
        var method: String
        var route: String
        var status: Int
    }

    private let inFlight = Meter(label: "http_requests_in_flight")
    private let known = NIOLockedValueBox<[Key: Series]>([:])

    package init() {
        inFlight.set(0)
    }

    package func started() {
        inFlight.increment()
    }

    package func finished() {
        inFlight.decrement()
    }

    /// Takes a lock; a hot path keeps what it got.
    package func series(method: String, route: String, status: Int) -> Series {
        let key = Key(method: Self.label(method), route: route, status: status)
        return known.withLockedValue { known in
            if let found = known[key] { return found }
            let dimensions = [("method", key.method), ("route", key.route), ("status_code", "\(key.status)")]
            let made = Series(
                count: Counter(label: "http_requests_total", dimensions: dimensions),
                duration: Timer(label: "http_request_duration_seconds", dimensions: dimensions)
            )
            known[key] = made
            return made
        }
    }

    /// A client may send any word as its method.
    private static func label(_ method: String) -> String {
        switch method {
        case "GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS": method
        default: "other"
        }
    }
}

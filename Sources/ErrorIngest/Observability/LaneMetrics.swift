import CoreMetrics
import FastLane
import Ingest
import NIOCore

/// The metrics of one event loop's accept path. Confined to the loop, so the handles need no lock.
struct LaneMetrics {
    private let http: HTTPMetrics
    private let outcomes: [ItemOutcome: Counter]

    init(_ http: HTTPMetrics) {
        self.http = http
        self.outcomes = Dictionary(
            uniqueKeysWithValues: ItemOutcome.allCases.map { outcome in
                (
                    outcome,
                    Counter(label: "ingest_total", dimensions: [("path", "errors"), ("outcome", outcome.rawValue)])
                )
            }
        )
    }

    func ingested(_ outcome: ItemOutcome, _ count: Int) {
        outcomes[outcome]?.increment(by: count)
    }

    func started() {
        http.started()
    }

    /// - Parameter route: nil for bytes that were no request; nothing was started for them.
    func finished(_ route: LaneRoute?, status: Int, duration: TimeAmount) {
        guard let id = route?.id, let route = ErrorRoute(laneID: id) else {
            return http.record(method: "other", route: "unmatched", status: status, nanoseconds: duration.nanoseconds)
        }
        let method = ErrorRoute.isPreflight(laneID: id) ? "OPTIONS" : "POST"
        http.finished(
            method: method, route: route.template, status: status, duration: .nanoseconds(duration.nanoseconds))
    }
}

import CoreMetrics
import FastLane
import NIOCore

/// The metrics of one event loop's accept path. Confined to the loop, so what it keeps needs no lock.
struct LaneMetrics {
    private let http: HTTPMetrics
    /// By the lane's route number and the status.
    private var series: [Int: HTTPMetrics.Series] = [:]

    init(_ http: HTTPMetrics) {
        self.http = http
    }

    func started() {
        http.started()
    }

    /// - Parameter route: nil for bytes that were no request; nothing was started for them.
    mutating func finished(_ route: LaneRoute?, status: Int, duration: TimeAmount) {
        if route != nil { http.finished() }
        let key = (route?.id ?? -1) << 10 | status
        if let known = series[key] { return known.record(nanoseconds: duration.nanoseconds) }
        let new = makeSeries(route, status)
        series[key] = new
        new.record(nanoseconds: duration.nanoseconds)
    }

    private func makeSeries(_ route: LaneRoute?, _ status: Int) -> HTTPMetrics.Series {
        guard let route, let ours = IngestRoute(laneID: route.id) else {
            return http.series(method: "other", route: "unmatched", status: status)
        }
        let method = route.allow != nil ? "other" : IngestRoute.isPreflight(laneID: route.id) ? "OPTIONS" : "POST"
        return http.series(method: method, route: ours.template, status: status)
    }
}

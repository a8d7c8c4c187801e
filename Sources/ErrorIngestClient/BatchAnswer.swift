internal import FoundationEssentials

/// What an answer to `POST /errors/batch` means for the reports that were sent.
package enum BatchAnswer: Sendable, Hashable {
    /// What became of one report.
    package enum ItemResult: Sendable, Hashable {
        /// Counted, now or before.
        case delivered
        /// It breaks a rule; sending it again will not help.
        case rejected
        /// Refused or unknown: to be sent again.
        case again
    }

    /// One result for each report, in order.
    case results([ItemResult], retryAfter: Duration?)
    /// The request as a whole was refused for what it holds: to be halved until it is clear which report is to blame.
    case refusedWhole(status: Int)
    /// Nothing is known to be taken: all of it is to be sent again.
    case unavailable(reason: String, retryAfter: Duration?)

    /// - Parameters:
    ///   - retryAfter: the header field, if there is one.
    ///   - count: how many reports were sent.
    package init(status: Int, retryAfter: String?, body: [UInt8], count: Int) {
        let delay = retryAfter.flatMap { Int($0) }.flatMap { $0 >= 0 ? Duration.seconds($0) : nil }
        switch status {
        case 200, 503:
            if let results = Self.results(body), results.count == count {
                self = .results(results, retryAfter: delay)
            } else {
                let reason = status == 200 ? "an answer that is not one of ErrorIngest's" : "answered 503"
                self = .unavailable(reason: reason, retryAfter: delay)
            }
        case 400, 413, 422: self = .refusedWhole(status: status)
        // Also those that only an operator can mend (401, 403, 404, a redirection): reports wait for that, within the queue.
        default: self = .unavailable(reason: "answered \(status)", retryAfter: delay)
        }
    }

    private struct Body: Decodable {
        struct Result: Decodable { var status: String }
        var results: [Result]
    }

    private static func results(_ body: [UInt8]) -> [ItemResult]? {
        guard let decoded = try? JSONDecoder().decode(Body.self, from: Data(body)) else { return nil }
        return decoded.results.map {
            switch $0.status {
            // A duplicate: an earlier attempt had come through although its answer had not.
            case "accepted", "duplicate": .delivered
            case "rejected": .rejected
            // `refused`, `unknown`, and what a newer service may say.
            default: .again
            }
        }
    }
}

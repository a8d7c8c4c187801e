import Fingerprint

/// Everything a load client saw.
struct LoadLog: Sendable {
    var kinds: [LoadKind]
    var records: [RequestRecord]

    /// What the requests of one fingerprint came to.
    struct Sum: Sendable {
        var acknowledged = 0
        var unknown = 0
        /// Unix milliseconds.
        var firstSent = Int64.max
        var firstAnswered = Int64.max
        var lastSent = Int64.min
        var lastAnswered = Int64.min

        mutating func add(_ record: RequestRecord) {
            switch record.outcome {
            case .acknowledged:
                acknowledged += 1
                firstAnswered = min(firstAnswered, record.answeredMilliseconds)
                lastSent = max(lastSent, record.sentMilliseconds)
            case .unknown: unknown += 1
            case .refused, .unexpected: return
            }
            firstSent = min(firstSent, record.sentMilliseconds)
            lastAnswered = max(lastAnswered, record.answeredMilliseconds)
        }
    }

    var byFingerprint: [Fingerprint: Sum] {
        var sums: [Fingerprint: Sum] = [:]
        for record in records { sums[kinds[record.kind].fingerprint, default: Sum()].add(record) }
        return sums
    }

    func count(_ outcome: RequestRecord.Outcome) -> Int {
        records.count { $0.outcome == outcome }
    }

    var unexpected: [RequestRecord] { records.filter { $0.outcome == .unexpected } }

    /// Longest time to an acknowledgement, in milliseconds.
    var slowestMilliseconds: Int64 {
        (records.lazy.filter { $0.outcome == .acknowledged }.map(\.latencyNanoseconds).max() ?? 0) / 1_000_000
    }
}

extension LoadLog: CustomStringConvertible {
    var description: String {
        """
        \(records.count) requests: \(count(.acknowledged)) acknowledged, \(count(.refused)) refused, \
        \(count(.unknown)) unknown, \(count(.unexpected)) unexpected; slowest acknowledged \(slowestMilliseconds) ms
        """
    }
}

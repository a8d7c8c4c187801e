/// Sends one batch, in parts when the service refuses it whole.
struct BatchSender {
    /// What became of a batch.
    struct Outcome {
        struct Failure {
            var reason: String
            var retryAfter: Duration?
        }

        /// Taken by the service, now or before.
        var delivered = 0
        /// Never to be taken.
        var rejected = 0
        /// To be sent again.
        var again: [QueuedReport] = []
        /// Why something is to be sent again.
        var failure: Failure?
    }

    /// Bytes of a request. Becomes less when the service finds one too large, so that it is found out once.
    private(set) var maxBytes: Int

    init(maxBytes: Int) {
        self.maxBytes = maxBytes
    }

    mutating func send(_ batch: [QueuedReport], by transport: HTTPTransport) async -> Outcome {
        var outcome = Outcome()
        // Halves of halves: at most twice as many requests as reports.
        var parts = [batch[...]]
        while let part = parts.popLast() {
            switch await transport.send(part) {
            case .results(let results, let retryAfter):
                for (report, result) in zip(part, results) {
                    switch result {
                    case .delivered: outcome.delivered += 1
                    case .rejected: outcome.rejected += 1
                    case .again: outcome.again.append(report)
                    }
                }
                if !outcome.again.isEmpty {
                    outcome.failure = .init(reason: "some reports were refused for now", retryAfter: retryAfter)
                }
            case .refusedWhole where part.count == 1:
                outcome.rejected += 1
            case .refusedWhole(let status):
                let middle = part.startIndex + part.count / 2
                parts.append(part[middle...])
                parts.append(part[..<middle])
                let size = part.reduce(0) { $0 + $1.json.count + 1 }
                if status == 413 { maxBytes = min(maxBytes, max(size / 2, 1024)) }
            case .unavailable(let reason, let retryAfter):
                outcome.again.append(contentsOf: part)
                for rest in parts.reversed() { outcome.again.append(contentsOf: rest) }
                outcome.failure = .init(reason: reason, retryAfter: retryAfter)
                return outcome
            }
        }
        return outcome
    }
}

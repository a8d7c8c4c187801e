/// The reports not yet delivered: those that wait and those being sent. Bounded by records and by bytes, both together.
///
/// A full queue refuses the new report and keeps the old ones: the first reports of an outage say what began it.
package struct ReportQueue: Sendable {
    private let maxRecords: Int
    private let maxBytes: Int
    private var waiting: [QueuedReport] = []
    /// Records waiting and being sent.
    package private(set) var count = 0
    /// Bytes waiting and being sent.
    package private(set) var bytes = 0

    package init(maxRecords: Int, maxBytes: Int) {
        self.maxRecords = maxRecords
        self.maxBytes = maxBytes
    }

    package var isEmpty: Bool { count == 0 }
    package var waitingCount: Int { waiting.count }

    /// False when there is no room; nothing is changed then.
    package mutating func add(_ report: QueuedReport) -> Bool {
        guard count < maxRecords, bytes + report.cost <= maxBytes else { return false }
        waiting.append(report)
        count += 1
        bytes += report.cost
        return true
    }

    /// The next reports to send, oldest first: at most `maxRecords`, and `maxBytes` of JSON with a line break each; at least one.
    package mutating func take(maxRecords: Int, maxBytes: Int) -> [QueuedReport] {
        var taken = 0
        var size = 0
        while taken < waiting.count, taken < maxRecords {
            size += waiting[taken].json.count + 1
            if taken > 0 && size > maxBytes { break }
            taken += 1
        }
        defer { waiting.removeFirst(taken) }
        return Array(waiting.prefix(taken))
    }

    /// Ends the sending of reports that were taken. Those to be sent again go to the end, so that none can hold up the others.
    package mutating func finish(_ taken: [QueuedReport], again: [QueuedReport]) {
        count -= taken.count - again.count
        bytes -= taken.reduce(0) { $0 + $1.cost } - again.reduce(0) { $0 + $1.cost }
        waiting.append(contentsOf: again)
    }

    /// Empties it and says how many there were.
    package mutating func removeAll() -> Int {
        defer {
            waiting = []
            count = 0
            bytes = 0
        }
        return count
    }
}

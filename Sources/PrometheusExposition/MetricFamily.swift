/// All series of one metric name.
struct MetricFamily: Sendable {
    let name: String
    let kind: MetricKind
    let help: String
    /// Bounds of a histogram; empty for the other kinds.
    let buckets: [Double]
    private(set) var series: [LabelSet: any MetricCell] = [:]
    /// The series everything goes to once the bound is reached.
    private(set) var overflow: (labels: LabelSet, cell: any MetricCell)?
    /// How often somebody was given the overflow series.
    private(set) var overflowCount: UInt64 = 0

    init(name: String, kind: MetricKind, help: String, buckets: [Double]) {
        self.name = name
        self.kind = kind
        self.help = help
        self.buckets = buckets
    }

    /// The series for these labels, made when there is room; beyond `limit` series the overflow series.
    mutating func cell(
        for dimensions: [(String, String)],
        limit: Int,
        make: (_ buckets: [Double]) -> any MetricCell
    ) -> any MetricCell {
        let labels = LabelSet(dimensions)
        if let known = series[labels] { return known }
        if series.count < limit {
            let made = make(buckets)
            series[labels] = made
            return made
        }
        overflowCount &+= 1
        if let overflow { return overflow.cell }
        let made = make(buckets)
        overflow = (LabelSet(overflowOf: dimensions), made)
        return made
    }

    /// All samples in the order of their labels, then the readings taken for this scrape; a reading takes the place of
    /// a series with the same labels.
    func append(readings: [LabelSet: Double], into text: inout [UInt8]) {
        let start = text.count
        text.appendHeader(name: name, kind: kind, help: help)
        let afterHeader = text.count
        var all = series.map { (labels: $0.key, cell: Optional($0.value), value: 0.0) }
        // Someone may have made a series whose own labels read `other`; one line each.
        if let overflow, series[overflow.labels] == nil { all.append((overflow.labels, overflow.cell, 0)) }
        all.removeAll { readings[$0.labels] != nil }
        all.append(contentsOf: readings.map { ($0.key, nil, $0.value) })
        all.sort { $0.labels.text.lexicographicallyPrecedes($1.labels.text) }
        for entry in all {
            if let cell = entry.cell {
                cell.appendSamples(name: name, labels: entry.labels, into: &text)
            } else {
                text.appendSample(name: name, labels: entry.labels, value: entry.value)
            }
        }
        // A metric with no sample says nothing at all.
        if text.count == afterHeader { text.removeSubrange(start...) }
    }
}

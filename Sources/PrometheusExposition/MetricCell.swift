/// One series: takes values from any thread without a lock, and writes its sample lines when scraped.
protocol MetricCell: AnyObject, Sendable {
    /// Writes nothing when the series has no value (a gauge whose reading is absent).
    func appendSamples(name: String, labels: LabelSet, into text: inout [UInt8])
    /// Takes a gauge's value away; the other kinds keep theirs, since a counter that goes back reads as a restart.
    func withdraw()
}

extension MetricCell {
    func withdraw() {}
}

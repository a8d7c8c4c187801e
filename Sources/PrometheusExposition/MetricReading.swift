/// One value read for one scrape. Values that are not there are simply not given.
public struct MetricReading: Sendable, Hashable {
    public let name: String
    public let kind: MetricKind
    public let value: Double
    let labels: LabelSet

    /// A value as it stands now. Not-a-number is no reading and is left out of the exposition.
    public static func gauge(_ name: String, labels: [(String, String)] = [], _ value: Double) -> MetricReading {
        MetricReading(name: name, kind: .gauge, value: value, labels: LabelSet(labels))
    }

    /// A total kept elsewhere (by the kernel, by a store).
    public static func counter(_ name: String, labels: [(String, String)] = [], _ value: Double) -> MetricReading {
        MetricReading(name: name, kind: .counter, value: value, labels: LabelSet(labels))
    }
}

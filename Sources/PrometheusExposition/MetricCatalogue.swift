/// Help texts and bucket bounds by metric name. A metric that is not in it is exposed all the same, without help and
/// with the default buckets.
public struct MetricCatalogue: Sendable, ExpressibleByDictionaryLiteral {
    private let descriptions: [String: MetricDescription]

    /// The last of several descriptions of one name counts.
    public init(dictionaryLiteral elements: (String, MetricDescription)...) {
        descriptions = Dictionary(elements) { _, last in last }
    }

    public subscript(name: String) -> MetricDescription? { descriptions[name] }

    /// All names described, ascending.
    public var names: [String] { descriptions.keys.sorted() }
}

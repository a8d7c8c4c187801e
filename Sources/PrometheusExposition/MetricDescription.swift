/// What the exposition says about one metric besides its samples.
public struct MetricDescription: Sendable, Hashable {
    /// At most this many bucket bounds are kept: each costs a line in every series of every scrape.
    public static let maximumBuckets = 40
    /// Bounds for times, in seconds: from half a millisecond to ten seconds.
    public static let timeBuckets: [Double] = [
        0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10,
    ]
    /// Bounds for numbers of things: from one to a million.
    public static let sizeBuckets: [Double] = [
        1, 2, 5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000, 50_000, 100_000, 1_000_000,
    ]

    /// One sentence for the `# HELP` line; empty leaves the line out.
    public let help: String
    /// Upper bounds of a histogram's buckets, ascending and finite, `+Inf` not included; nil takes the default for
    /// times or sizes.
    public let buckets: [Double]?

    /// Bounds may come in any order; those that are not finite, repeats and all beyond ``maximumBuckets`` are left out.
    public init(help: String, buckets: [Double]? = nil) {
        self.help = help
        self.buckets = buckets.map { bounds in
            var kept: [Double] = []
            for bound in bounds.filter(\.isFinite).sorted() where kept.last != bound && kept.count < Self.maximumBuckets
            {
                kept.append(bound)
            }
            return kept
        }
    }
}

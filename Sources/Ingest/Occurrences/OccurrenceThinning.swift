/// Which samples of an error are kept: the first, the latest, and some in between, spread evenly over time.
///
/// Whoever adds a sample thins. While too many stand in between, the one goes whose neighbours are closest together. Over a steady
/// stream no gap grows to more than about twice the even one, however long it lasts: a wide gap was the narrowest there was when
/// it was made.
public struct OccurrenceThinning: Sendable, Hashable {
    public static let defaultInBetween = 20
    public static let maxInBetween = 1_000

    /// Samples kept between the first and the latest.
    public let inBetween: Int

    public init(inBetween: Int = defaultInBetween) {
        self.inBetween = max(0, inBetween)
    }

    /// Samples kept of one error altogether.
    public var capacity: Int { inBetween + 2 }

    /// The keys to be deleted, in the order in which they lose their place: leaving out a tail of them deletes the best
    /// candidates still. The same keys give the same answer. Needs time of the order of keys × keys to be deleted.
    /// - Parameter keys: of one error, ascending, each once.
    public func surplus(of keys: [TimeOrderedKey]) -> [TimeOrderedKey] {
        var kept = keys
        var surplus: [TimeOrderedKey] = []
        while kept.count > capacity {
            surplus.append(kept.remove(at: Self.mostCrowded(kept)))
        }
        return surplus
    }

    /// The earliest of those whose neighbours are closest together. There are three or more.
    private static func mostCrowded(_ keys: [TimeOrderedKey]) -> Int {
        var found = 1
        var narrowest = Int64.max
        for index in 1..<keys.count - 1 {
            let span = keys[index + 1].milliseconds - keys[index - 1].milliseconds
            if span < narrowest { (found, narrowest) = (index, span) }
        }
        return found
    }
}

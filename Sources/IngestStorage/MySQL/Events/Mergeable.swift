/// What becomes one with all others of the same key.
protocol Mergeable {
    associatedtype Key: Comparable

    var key: Key { get }

    /// Takes in another one of the same key.
    mutating func merge(_ other: Self)
}

extension Array where Element: Mergeable {
    /// In the order of the keys, each of them once: the first one of a key takes in the others.
    ///
    /// Rows are written in this order. To sort is cheaper than to hash every key first, and cheaper still where most are in order already.
    func merged() -> [Element] {
        var merged: [Element] = []
        merged.reserveCapacity(count)
        for element in sorted(by: { $0.key < $1.key }) {
            if let last = merged.indices.last, merged[last].key == element.key {
                merged[last].merge(element)
            } else {
                merged.append(element)
            }
        }
        return merged
    }
}

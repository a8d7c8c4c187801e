/// The labels of one series as they stand between the braces, in the order of their names: equal labels, equal bytes.
struct LabelSet: Hashable, Sendable {
    /// More labels than this are left out, in the order of their names.
    static let maximumLabels = 16
    /// Longer values are cut at a character boundary.
    static let maximumValueLength = 256

    let text: [UInt8]

    static let none = LabelSet([])

    /// Names that are not legal are repaired; of two labels with one name the first counts; an empty value is no label
    /// at all.
    /// `le` belongs to histograms and is renamed.
    init(_ dimensions: [(String, String)]) {
        self.init(pairs: Self.legalPairs(dimensions))
    }

    /// The series for everything beyond a metric's bound: the same names, every value `other`.
    init(overflowOf dimensions: [(String, String)]) {
        self.init(pairs: Self.legalPairs(dimensions).map { ($0.0, "other") })
    }

    private init(pairs: [(String, String)]) {
        var text: [UInt8] = []
        for (index, pair) in pairs.enumerated() {
            if index > 0 { text.append(UInt8(ascii: ",")) }
            text.append(contentsOf: pair.0.utf8)
            text.append(contentsOf: "=\"".utf8)
            text.appendEscapedLabelValue(pair.1, maximumLength: Self.maximumValueLength)
            text.append(UInt8(ascii: "\""))
        }
        self.text = text
    }

    private static func legalPairs(_ dimensions: [(String, String)]) -> [(String, String)] {
        guard !dimensions.isEmpty else { return [] }
        var pairs: [(String, String)] = []
        for (rawName, value) in dimensions where !value.isEmpty {
            guard let legal = MetricName.label(rawName) else { continue }
            let name = legal == "le" ? "exported_le" : legal
            if !pairs.contains(where: { $0.0 == name }) { pairs.append((name, value)) }
        }
        pairs.sort { $0.0.utf8.lexicographicallyPrecedes($1.0.utf8) }
        return Array(pairs.prefix(maximumLabels))
    }
}

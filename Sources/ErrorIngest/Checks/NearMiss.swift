/// Whether a name is probably a misspelt other one.
enum NearMiss {
    /// The key that `name` was probably meant to be; nil when it is one, or is far from all.
    static func key(for name: String, farthest: Int? = nil) -> String? {
        let names = ConfigurationKey.all.map(\.name) + ["CONFIG_FILE"]
        guard !names.contains(name) else { return nil }
        let plain = letters(of: name)
        if let same = names.first(where: { letters(of: $0) == plain }) { return same }
        // A short name has many neighbours that mean something else: HOME, HOST, PATH, PORT.
        let limit = farthest ?? (name.utf8.count < 6 ? 1 : 2)
        let nearest = names.map { ($0, distance(Array(name.utf8), Array($0.utf8))) }.min { $0.1 < $1.1 }
        return nearest.flatMap { $0.1 <= limit ? $0.0 : nil }
    }

    /// Without separators and case.
    private static func letters(of name: String) -> [UInt8] {
        name.utf8.filter { $0 != UInt8(ascii: "_") && $0 != UInt8(ascii: "-") && $0 != UInt8(ascii: ".") }
            .map { (0x61...0x7A).contains($0) ? $0 - 0x20 : $0 }
    }

    /// Insertions, deletions and replacements that turn one into the other (Levenshtein).
    private static func distance(_ one: [UInt8], _ other: [UInt8]) -> Int {
        var row = Array(0...other.count)
        for (i, a) in one.enumerated() {
            var diagonal = row[0]
            row[0] = i + 1
            for (j, b) in other.enumerated() {
                let best = min(diagonal + (a == b ? 0 : 1), row[j] + 1, row[j + 1] + 1)
                diagonal = row[j + 1]
                row[j + 1] = best
            }
        }
        return row[other.count]
    }
}

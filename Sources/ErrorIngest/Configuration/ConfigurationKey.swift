/// One configuration key: where it is named, bounded and described, once.
struct ConfigurationKey: Sendable {
    enum Kind: Sendable {
        case text
        case integer(ClosedRange<Int>)
        case choice([String])
    }

    /// The name of the environment variable.
    let name: String
    let kind: Kind
    /// The text taken when the key is not set; nil when there is none.
    let defaultText: String?
    /// Never logged or shown.
    let isSecret: Bool
    let summary: String

    init(_ name: String, _ kind: Kind, default defaultText: String?, isSecret: Bool = false, _ summary: String) {
        self.name = name
        self.kind = kind
        self.defaultText = defaultText
        self.isSecret = isSecret
        self.summary = summary
    }

    /// The key's name in swift-configuration, whose environment provider spells `data.dir` as `DATA_DIR`, in parts.
    var path: [String] { name.lowercased().split(separator: "_").map(String.init) }

    /// Two lines for `--help`.
    var help: String { "\(name)=\(defaultText ?? "")\n    \(summary) (\(rule))" }

    /// The rule a value has to keep, for messages and documents.
    var rule: String {
        switch kind {
        case .text: "text"
        case .integer(let range): "a whole number from \(range.lowerBound) to \(range.upperBound)"
        case .choice(let values): "one of " + values.joined(separator: ", ")
        }
    }
}

/// One configuration key: where it is named, bounded and described, once. `--help`, `error-ingest configuration` and
/// `docs/configuration.md` are written from these.
struct ConfigurationKey: Sendable {
    enum Kind: Sendable {
        case text
        case integer(ClosedRange<Int>)
        case choice([String])
    }

    /// A heading of the documents.
    enum Section: String, Sendable, CaseIterable {
        case service = "Service"
        case http = "HTTP"
        case stores = "Stores"
        case queue = "Queue"
        case counting = "Counting"
        case retention = "Retention"
        case security = "Security"
        case logging = "Logging"
    }

    /// The name of the environment variable.
    let name: String
    let kind: Kind
    /// The text taken when the key is not set; nil when there is none.
    let defaultText: String?
    /// What a number counts: `seconds`, `bytes`, …; nil when the name says all.
    let unit: String?
    /// Never logged or shown.
    let isSecret: Bool
    let section: Section
    /// The roles that go by it. Every process reads and checks all keys.
    let roles: Roles
    let summary: String

    init(
        _ name: String, _ kind: Kind, default defaultText: String?, unit: String? = nil, isSecret: Bool = false,
        in section: Section = .service, for roles: Roles = .all, _ summary: String
    ) {
        self.name = name
        self.kind = kind
        self.defaultText = defaultText
        self.unit = unit
        self.isSecret = isSecret
        self.section = section
        self.roles = roles
        self.summary = summary
    }

    /// The key's name in swift-configuration, whose environment provider spells `data.dir` as `DATA_DIR`, in parts.
    var path: [String] { name.lowercased().split(separator: "_").map(String.init) }

    /// Two lines for `--help`.
    var help: String { "\(name)=\(defaultText ?? "")\n    \(summary) (\(rule))" }

    /// The rule a value has to keep, for messages and documents.
    var rule: String {
        switch kind {
        case .text: isSecret ? "text, a secret" : "text"
        case .integer(let range):
            "a whole number from \(range.lowerBound) to \(range.upperBound)" + (unit.map { ", \($0)" } ?? "")
        case .choice(let values): "one of " + values.joined(separator: ", ")
        }
    }
}

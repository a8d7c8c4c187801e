import Ingest

/// One line of `error-ingest check`. Never holds a secret.
struct CheckFinding: Sendable {
    enum Status: String, Sendable { case ok, warning, failure }

    /// What was looked at, as in `redis.durability`.
    let name: String
    let status: Status
    let about: CheckClass
    let seen: String
    /// What to do; nil when all is well.
    let remedy: String?

    static func ok(_ name: String, _ seen: String) -> CheckFinding {
        CheckFinding(name: name, status: .ok, about: .configuration, seen: seen, remedy: nil)
    }

    static func warning(_ name: String, _ about: CheckClass, _ seen: String, remedy: String) -> CheckFinding {
        CheckFinding(name: name, status: .warning, about: about, seen: seen, remedy: remedy)
    }

    static func failure(_ name: String, _ about: CheckClass, _ seen: String, remedy: String) -> CheckFinding {
        CheckFinding(name: name, status: .failure, about: about, seen: seen, remedy: remedy)
    }

    /// Two lines at most; names are aligned.
    var text: String {
        let head = Self.padded(status.rawValue, 8) + " " + Self.padded(name, 22) + " " + seen
        return remedy.map { head + "\n" + Self.padded("", 32) + "→ " + $0 } ?? head
    }

    func write(to writer: inout JSONWriter) {
        writer.field("check", name)
        writer.field("status", status.rawValue)
        writer.field("seen", seen)
        if let remedy {
            writer.field("class", about.name)
            writer.field("remedy", remedy)
        }
    }

    private static func padded(_ text: String, _ width: Int) -> String {
        text + String(repeating: " ", count: max(0, width - text.count))
    }
}

/// What one process does. `serve` does all of it.
struct Roles: OptionSet, Sendable, CustomStringConvertible {
    let rawValue: UInt8

    /// Accepts reports and answers reads.
    static let api = Roles(rawValue: 1)
    /// Stores what is queued.
    static let worker = Roles(rawValue: 2)
    /// Moves counts to MySQL.
    static let sync = Roles(rawValue: 4)
    static let all: Roles = [.api, .worker, .sync]

    var names: [String] {
        [(Roles.api, "api"), (.worker, "worker"), (.sync, "sync")].filter { contains($0.0) }.map(\.1)
    }

    var description: String { names.joined(separator: "+") }
}

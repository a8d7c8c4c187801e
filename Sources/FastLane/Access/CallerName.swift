/// Who asks on an admin route, as the history of a status shows it.
package struct CallerName: Sendable, Hashable, CustomStringConvertible {
    /// 1 to 64 letters, digits, `-`, `_` and `.`.
    package let name: String

    private init(unchecked name: String) {
        self.name = name
    }

    package init?(_ name: some StringProtocol) {
        let isAllowed: (UInt8) -> Bool = {
            (0x61...0x7A).contains($0 | 0x20) || (0x30...0x39).contains($0) || "-_.".utf8.contains($0)
        }
        guard (1...64).contains(name.utf8.count), name.utf8.allSatisfy(isAllowed) else { return nil }
        self.name = String(name)
    }

    /// A program of this machine, where no token is needed.
    package static let local = CallerName(unchecked: "local")
    /// Whoever has a token without a name.
    package static let admin = CallerName(unchecked: "admin")
    /// The service itself, when an error has come back.
    package static let sync = CallerName(unchecked: "sync")

    package var description: String { name }
}

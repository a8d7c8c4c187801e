/// The tokens of `ADMIN_TOKEN`, each with the name of who has it.
package struct AdminTokens: Sendable {
    private struct Entry: Sendable {
        let caller: CallerName
        let token: BearerToken
    }

    private let entries: [Entry]

    private static let maxEntries = 64
    /// Names the history has other uses for.
    private static let reserved: [CallerName] = [.local, .sync]

    /// Reads `name:token` pairs with commas between; a token without a name belongs to `admin`. Spaces around an entry do not
    /// matter. One name may have several tokens, so that they can be exchanged one after the other.
    ///
    /// A token has 1 to 512 visible ASCII characters other than `,` and `:`, which separate.
    ///
    /// - Throws: names the entry by its number, never by its text.
    package init(_ list: String) throws(AccessProblem) {
        var entries: [Entry] = []
        var tokens: Set<BearerToken> = []
        for (index, part) in list.split(separator: ",", omittingEmptySubsequences: false).enumerated() {
            func problem(_ rule: String, _ remedy: String) -> AccessProblem {
                AccessProblem(problem: "entry \(index + 1) \(rule)", remedy: remedy)
            }
            let entry = part.trimmingBlanks
            var caller = CallerName.admin
            var text = entry
            if let colon = entry.firstIndex(of: ":") {
                guard let name = CallerName(entry[..<colon]) else {
                    throw problem(
                        "has a name that is not 1 to 64 letters, digits, '-', '_' or '.'",
                        "Write name:token; a token cannot hold ':' or ','")
                }
                caller = name
                text = entry[entry.index(after: colon)...]
            }
            guard !text.isEmpty else { throw problem("has no token", "Write token or name:token, commas between") }
            guard text.utf8.count <= BearerToken.maxBytes,
                text.utf8.allSatisfy({ (0x21...0x7E).contains($0) && $0 != UInt8(ascii: ":") })
            else {
                throw problem(
                    "has a token with a space, ':' or a character outside of ASCII, or of over \(BearerToken.maxBytes) bytes",
                    "Make one with: openssl rand -hex 32")
            }
            guard !Self.reserved.contains(caller) else {
                throw problem("has the name \(caller), which the service uses itself", "Choose another name")
            }
            let token = BearerToken(text)
            guard tokens.insert(token).inserted else {
                throw problem("has the token of an entry before it", "Give each name a token of its own")
            }
            entries.append(Entry(caller: caller, token: token))
        }
        guard entries.count <= Self.maxEntries else {
            throw AccessProblem(
                problem: "has \(entries.count) entries", remedy: "At most \(Self.maxEntries) are allowed")
        }
        self.entries = entries
    }

    /// For warning of one that can be guessed.
    package var shortestTokenBytes: Int { entries.map(\.token.byteCount).min() ?? 0 }

    /// Whose token the `Authorization` header carries. Compares with all of them, whichever is right, so that the time says
    /// nothing about which one came close.
    package func caller(_ header: String?) -> CallerName? {
        var caller: CallerName?
        for entry in entries where entry.token.matches(header) { caller = entry.caller }
        return caller
    }
}

extension AdminTokens: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The names alone.
    package var description: String { entries.map(\.caller.name).joined(separator: ",") }
    package var debugDescription: String { description }
    package var customMirror: Mirror { Mirror(self, children: ["names": description]) }
}

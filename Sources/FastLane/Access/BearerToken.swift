/// A secret that a client sends as `Authorization: Bearer <token>` (RFC 6750).
package struct BearerToken: Sendable, Hashable {
    package static let maxBytes = 512

    private let bytes: [UInt8]

    /// - Throws: when no header can carry it: such as with the line end of a secret's file behind it.
    package init(checking text: String) throws(AccessProblem) {
        guard (1...Self.maxBytes).contains(text.utf8.count), text.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
            throw AccessProblem(
                problem: "has a space, a line end or a character outside of ASCII, or over \(Self.maxBytes) bytes",
                remedy: "Make one with: openssl rand -hex 32")
        }
        self.init(text)
    }

    package init(_ text: some StringProtocol) {
        bytes = Array(text.utf8)
    }

    package var byteCount: Int { bytes.count }

    /// Takes the same time whatever part of the token is wrong; the length is not secret.
    package func matches(_ header: String?) -> Bool {
        guard let header else { return false }
        let scheme = Array("bearer ".utf8)
        let sent = Array(header.utf8)
        guard sent.count == scheme.count + bytes.count, zip(sent, scheme).allSatisfy({ ($0 | 0x20) == $1 || $0 == $1 })
        else {
            return false
        }
        var difference: UInt8 = 0
        for (a, b) in zip(sent.dropFirst(scheme.count), bytes) { difference |= a ^ b }
        return difference == 0
    }
}

extension BearerToken: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    package var description: String { "<token>" }
    package var debugDescription: String { description }
    package var customMirror: Mirror { Mirror(self, children: []) }
}

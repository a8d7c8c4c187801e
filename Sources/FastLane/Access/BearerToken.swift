/// A secret that a client sends as `Authorization: Bearer <token>` (RFC 6750).
package struct BearerToken: Sendable, Hashable {
    private let bytes: [UInt8]

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

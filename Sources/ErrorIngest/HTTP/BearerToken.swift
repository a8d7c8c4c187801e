/// A secret that a client sends as `Authorization: Bearer <token>`.
struct BearerToken: Sendable {
    private let bytes: [UInt8]

    init(_ text: String) {
        bytes = Array(text.utf8)
    }

    /// Takes the same time whatever part of the token is wrong; the length is not secret.
    func matches(_ header: String?) -> Bool {
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

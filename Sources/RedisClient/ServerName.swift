import Glibc

/// The host of a TLS URL as certificates name it.
///
/// swift-nio-ssl checks the name as well, but it is content when a certificate names the *address* of the peer in place of the
/// host asked for: whoever can lead the name to an address of theirs, and has a certificate for that address from any trusted
/// authority, would pass. A name has to be found as a name (RFC 9525, section 6.3), an address as an address.
package struct ServerName: Sendable, Hashable {
    /// As in the URL, without brackets.
    package let text: String
    package let isAddress: Bool

    /// - Returns: nil for what no certificate can name: a host name has ASCII letters, digits, '-' and '.', and at most 253
    ///   bytes.
    package init?(_ host: String) {
        var ipv4 = in_addr()
        var ipv6 = in6_addr()
        isAddress = inet_pton(AF_INET, host, &ipv4) == 1 || inet_pton(AF_INET6, host, &ipv6) == 1
        text = host
        guard !isAddress else { return }
        let labels = Self.labels(host)
        guard host.utf8.count <= 253, !labels.isEmpty,
            labels.allSatisfy({ !$0.isEmpty && $0.allSatisfy(Self.isNameByte) })
        else { return nil }
    }

    /// What is sent as SNI: never an address (RFC 6066, section 3), and no final dot.
    package var indication: String? {
        guard !isAddress else { return nil }
        return text.utf8.last == UInt8(ascii: ".") ? String(text.dropLast()) : text
    }

    /// Whether a certificate with these `dNSName`s is the host's. A `*` stands for one whole label, the leftmost, and only
    /// where at least two follow.
    package func matches(certificateNames names: [[UInt8]]) -> Bool {
        guard !isAddress else { return false }
        let host = Self.labels(text)
        return names.contains { name in
            let pattern = Self.labels(String(decoding: name, as: UTF8.self))
            guard pattern.count == host.count, !pattern.isEmpty else { return false }
            let isWildcard = pattern[0] == [UInt8(ascii: "*")] && pattern.count >= 3
            return zip(pattern, host).enumerated().allSatisfy { index, pair in
                index == 0 && isWildcard || pair.0 == pair.1
            }
        }
    }

    /// Lower case; a final dot left out.
    private static func labels(_ name: String) -> [[UInt8]] {
        var bytes = name.utf8.map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }
        if bytes.last == UInt8(ascii: ".") { bytes.removeLast() }
        guard !bytes.isEmpty else { return [] }
        return bytes.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false).map(Array.init)
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        (0x61...0x7A).contains(byte) || (0x30...0x39).contains(byte) || byte == UInt8(ascii: "-")
    }
}

/// Whether a request that carries no token comes from a program of this machine, and not from somebody who uses one: a reverse
/// proxy that forwards for the world, or a browser that a foreign page leads here.
///
/// What a browser sends by itself must never be enough: there is no password to ask for. So the checks look at what a page
/// cannot forge: `Host` (a page of another name that resolves to this machine, "DNS rebinding", sends its own name),
/// `Sec-Fetch-Site` (https://www.w3.org/TR/fetch-metadata/) and `Origin`.
///
/// A proxy that adds none of the fields, as nginx does by default, is not recognised. Behind any proxy a token has to be set.
package struct LocalAccess: Sendable {
    /// Why a request is not taken for one of this machine's.
    package enum Refusal: String, Sendable, Hashable, CaseIterable {
        case remotePeer, forwarded, foreignHost, crossSite
    }

    /// Fields that only proxies add.
    private static let proxyFields: Set<String> = [
        "forwarded", "via", "x-real-ip", "x-client-ip", "x-cluster-client-ip", "true-client-ip", "cf-connecting-ip",
        "x-original-host", "x-proxyuser-ip",
    ]
    private static let proxyFieldPrefix = "x-forwarded"

    /// - Parameters:
    ///   - peer: the other end of the connection; nil for a Unix socket.
    ///   - method: as in the request.
    ///   - authority: the value of `Host`, if there is one.
    ///   - fields: names in lower case, and values.
    package static func refusal(
        peer: IPAddress?, method: String, authority: String?, fields: [(name: String, value: String)]
    ) -> Refusal? {
        if let peer, !peer.isLoopback { return .remotePeer }
        if fields.contains(where: { proxyFields.contains($0.name) || $0.name.hasPrefix(proxyFieldPrefix) }) {
            return .forwarded
        }
        guard let authority, namesThisMachine(authority) else { return .foreignHost }
        return isCrossSite(method: method, authority: authority, fields) ? .crossSite : nil
    }

    /// `localhost` or a loopback address, with or without a port.
    static func namesThisMachine(_ authority: String) -> Bool {
        var host = authority[...]
        if let colon = host.lastIndex(of: ":"), !host[colon...].contains("]") {
            let port = host[host.index(after: colon)...]
            guard !port.isEmpty, port.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return false }
            host = host[..<colon]
        }
        if host.lowercased() == "localhost" { return true }
        if host.first == "[" {
            guard host.last == "]" else { return false }
            return IPAddress(host.dropFirst().dropLast()).map { !$0.isIPv4 && $0.isLoopback } ?? false
        }
        return IPAddress(host).map { $0.isIPv4 && $0.isLoopback } ?? false
    }

    private static func isCrossSite(
        method: String, authority: String, _ fields: [(name: String, value: String)]
    ) -> Bool {
        func values(_ name: String) -> [String] { fields.filter { $0.name == name }.map(\.value) }
        // Also `null`, which a sandboxed page sends.
        if values("origin").contains(where: { $0.lowercased() != "http://" + authority.lowercased() }) { return true }
        guard values("sec-fetch-site").contains(where: { $0 != "same-origin" && $0 != "none" }) else { return false }
        // A link that the user follows shows the answer to the user alone.
        let isFollowedLink =
            method == "GET" && values("sec-fetch-mode") == ["navigate"] && values("sec-fetch-dest") == ["document"]
        return !isFollowedLink
    }
}

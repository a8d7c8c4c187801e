/// The proxies whose word about their clients is taken, and with them: who the client of a request is.
package struct TrustedProxies: Sendable, Hashable {
    private let ranges: [AddressRange]

    private static let maxRanges = 256
    /// Members of `X-Forwarded-For` that are looked at, from the right.
    private static let maxHops = 64

    /// - Parameter list: addresses and ranges with commas between; spaces around them do not matter. Empty: nobody.
    package init(_ list: String) throws(AccessProblem) {
        var ranges: [AddressRange] = []
        for part in list.split(separator: ",", omittingEmptySubsequences: false) {
            let text = part.trimmingBlanks
            if text.isEmpty && list.trimmingBlanks.isEmpty { break }
            guard !text.isEmpty else {
                throw AccessProblem(problem: "has an empty entry", remedy: "Leave out the comma that is too much")
            }
            ranges.append(try AddressRange(text))
        }
        guard ranges.count <= Self.maxRanges else {
            throw AccessProblem(
                problem: "has \(ranges.count) entries", remedy: "At most \(Self.maxRanges); write ranges")
        }
        self.ranges = ranges
    }

    package func contains(_ address: IPAddress) -> Bool {
        ranges.contains { $0.contains(address) }
    }

    /// The address of the client: the peer's, unless the peer is trusted. Then each proxy has added the address it was asked
    /// from at the right end of `X-Forwarded-For`: the rightmost one that is not a trusted proxy's is the client's. What
    /// stands left of it is the client's own claim and is never looked at.
    ///
    /// - Parameters:
    ///   - peer: nil when it has no address (a Unix socket).
    ///   - forwardedFor: the values of the header, in the order of the request.
    package func client(peer: IPAddress?, forwardedFor: [String]) -> IPAddress? {
        guard var client = peer, contains(client) else { return peer }
        let members = forwardedFor.flatMap { $0.split(separator: ",", omittingEmptySubsequences: false) }
        for member in members.suffix(Self.maxHops).reversed() {
            // `unknown`, or whatever: the last proxy that named an address is all there is.
            guard let address = Self.address(member.trimmingBlanks) else { break }
            client = address
            guard contains(client) else { break }
        }
        return client
    }

    /// An address, with a port if there is one: `192.0.2.7:4711`, `[2001:db8::1]:4711`.
    private static func address(_ text: Substring) -> IPAddress? {
        if let address = IPAddress(text) { return address }
        if text.first == "[", let end = text.firstIndex(of: "]") {
            return IPAddress(text[text.index(after: text.startIndex)..<end])
        }
        guard let colon = text.firstIndex(of: ":") else { return nil }
        return IPAddress(text[..<colon])
    }
}

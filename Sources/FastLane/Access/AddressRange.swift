/// One address, or those that share its first bits (CIDR, RFC 4632 and RFC 4291).
package struct AddressRange: Sendable, Hashable {
    private let network: IPAddress
    private let highMask: UInt64
    private let lowMask: UInt64

    /// Reads `192.0.2.7`, `10.0.0.0/8`, `::1` or `2001:db8::/32`.
    package init(_ text: some StringProtocol) throws(AccessProblem) {
        let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        guard let address = IPAddress(parts[0]) else {
            throw AccessProblem(
                problem: "'\(text)' is not an address",
                remedy: "Write addresses such as 192.0.2.7 or 2001:db8::1, and ranges such as 10.0.0.0/8")
        }
        let width = address.isIPv4 ? 32 : 128
        var length = width
        if parts.count == 2 {
            let digits = parts[1].utf8
            guard (1...3).contains(digits.count), digits.allSatisfy({ (0x30...0x39).contains($0) }),
                let number = Int(parts[1]), (1...width).contains(number)
            else {
                throw AccessProblem(
                    problem: "the length in '\(text)' is not a number from 1 to \(width)",
                    remedy: "Write ranges such as 10.0.0.0/8; everybody (/0) cannot be trusted")
            }
            length = number
        }
        let bits = address.isIPv4 ? length + 96 : length
        highMask = bits >= 64 ? .max : .max << UInt64(64 - bits)
        lowMask = bits <= 64 ? 0 : .max << UInt64(128 - bits)
        guard address.high & ~highMask == 0, address.low & ~lowMask == 0 else {
            throw AccessProblem(
                problem: "'\(text)' names one address and a range at once",
                remedy: "Write the range's first address, as in 10.0.0.0/8, or leave out /\(length)")
        }
        network = address
    }

    package func contains(_ address: IPAddress) -> Bool {
        address.high & highMask == network.high && address.low & lowMask == network.low
    }
}

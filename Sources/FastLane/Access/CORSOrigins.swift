/// The origins whose pages may report and read the answer (https://fetch.spec.whatwg.org/#http-cors-protocol).
package struct CORSOrigins: Sendable, Hashable {
    package let allowsAny: Bool
    private let origins: Set<String>

    private static let maxOrigins = 1_000

    /// - Parameter list: `*`, or origins with commas between: a scheme, a host and, where it is not the scheme's own, a port.
    ///   Empty: none.
    package init(_ list: String) throws(AccessProblem) {
        var origins: Set<String> = []
        for part in list.split(separator: ",") {
            // Browsers send them in lower case.
            let origin = part.trimmingBlanks.lowercased()
            if origin.isEmpty { continue }
            guard origin == "*" || origin == "null" || Self.isOrigin(origin) else {
                throw AccessProblem(
                    problem: "'\(origin)' is not an origin",
                    remedy: "Write * or origins such as https://shop.example or http://localhost:3000, without a path")
            }
            origins.insert(origin)
        }
        guard origins.count <= Self.maxOrigins else {
            throw AccessProblem(
                problem: "has \(origins.count) origins",
                remedy: "At most \(Self.maxOrigins); or allow all of them with *")
        }
        allowsAny = origins.contains("*")
        self.origins = origins
    }

    package func allows(_ origin: String) -> Bool {
        allowsAny || origins.contains(origin)
    }

    /// A browser leaves out the port that the scheme implies: an entry with it would never match.
    private static func isOrigin(_ text: String) -> Bool {
        let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, !parts[0].isEmpty, parts[1].hasPrefix("//"),
            parts[0].utf8.allSatisfy({
                (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || "+-.".utf8.contains($0)
            })
        else { return false }
        let host = parts[1].dropFirst(2)
        guard !host.isEmpty, host.utf8.allSatisfy({ (0x21...0x7E).contains($0) && !"/?#@*\\".utf8.contains($0) }) else {
            return false
        }
        return !(parts[0] == "https" && host.hasSuffix(":443") || parts[0] == "http" && host.hasSuffix(":80"))
    }
}

/// A set of content codings (RFC 9110 §8.4.1).
public struct ContentCodings: OptionSet, Sendable, Hashable {
    public let rawValue: UInt8

    public init(rawValue: UInt8) {
        self.rawValue = rawValue
    }

    /// The body as it is.
    public static let identity = ContentCodings(rawValue: 1)
    public static let gzip = ContentCodings(rawValue: 2)
    public static let deflate = ContentCodings(rawValue: 4)

    /// The coding named by a `Content-Encoding` field.
    ///
    /// - Returns: `nil` for an unknown coding and for several in a row, which nobody sends and which would let a small
    ///   body unfold twice.
    init?(fieldValue: String) {
        let value = fieldValue.utf8
        if value.isEmpty || value.matches("identity") {
            self = .identity
        } else if value.matches("gzip") || value.matches("x-gzip") {
            self = .gzip
        } else if value.matches("deflate") {
            self = .deflate
        } else {
            return nil
        }
    }

    /// The `Accept-Encoding` field that goes with a 415 (RFC 9110 §15.5.16).
    public var acceptEncoding: String {
        var names: [String] = []
        if self.contains(.gzip) { names.append("gzip") }
        if self.contains(.deflate) { names.append("deflate") }
        return names.isEmpty ? "identity" : names.joined(separator: ", ")
    }
}

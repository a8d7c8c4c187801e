/// Why a ``Fingerprinter`` could not be made. Nothing that is hashed can cause an error.
public struct FingerprintError: Error, Sendable, Equatable, CustomStringConvertible {
    public struct Code: Sendable, Hashable, CustomStringConvertible {
        public let description: String

        /// libcrypto offers no SHA-256: its configuration or its providers are broken.
        public static let digestUnavailable = Code(description: "digestUnavailable")
        /// libcrypto could not allocate or start a digest context.
        public static let contextUnavailable = Code(description: "contextUnavailable")
    }

    public let code: Code
    public let message: String

    public var description: String { "\(code): \(message)" }
}

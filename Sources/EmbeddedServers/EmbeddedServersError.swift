/// Why an embedded server could not be started, or its data directory not be used.
///
/// `message` is written for the operator: it names the file, process or package concerned and says what to do.
public struct EmbeddedServersError: Error, Sendable, CustomStringConvertible {
    public struct Code: Sendable, Hashable, CustomStringConvertible {
        private enum Value: String {
            case missingBinary, directoryInUse, directoryUnusable, spawnFailed, startFailed, zonesUnavailable
        }
        private let value: Value

        /// A server's program is not installed; the message names the Debian package.
        public static let missingBinary = Code(value: .missingBinary)
        /// Another process serves from the same data directory.
        public static let directoryInUse = Code(value: .directoryInUse)
        /// A file or directory below the data directory could not be made, read or written.
        public static let directoryUnusable = Code(value: .directoryUnusable)
        /// The operating system refused to start a process.
        public static let spawnFailed = Code(value: .spawnFailed)
        /// A server ended, or did not answer in time, before it was ready.
        public static let startFailed = Code(value: .startFailed)
        /// The system has no zone database; servers run without it.
        public static let zonesUnavailable = Code(value: .zonesUnavailable)

        public var description: String { value.rawValue }
    }

    public let code: Code
    public let message: String

    public var description: String { message }

    package init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }
}

/// A server program with a private directory: how to prepare it, start it, and know that it answers.
public protocol EmbeddedServer: Sendable {
    /// For logs and messages, such as `redis-server`.
    var name: String { get }
    /// Absolute path of the server's own directory.
    var directory: String { get }
    var socketPath: String { get }
    var logPath: String { get }
    var pidPath: String { get }

    /// The Debian package and the path of the program.
    ///
    /// - Throws: `missingBinary`.
    func findProgram() throws(EmbeddedServersError) -> String

    /// Makes the directory and everything the start needs; the first time this may take seconds.
    func prepare() async throws(EmbeddedServersError)

    func command() throws(EmbeddedServersError) -> ServerCommand

    /// Whether this process, by its command line, is one of this server's directory.
    func owns(arguments: [String]) -> Bool

    /// Whether the server accepts connections and answers now.
    func isReady() async -> Bool
}

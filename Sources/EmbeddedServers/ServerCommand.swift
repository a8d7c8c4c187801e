/// What to start: a program, its arguments, and where its output goes.
public struct ServerCommand: Sendable {
    /// Absolute path of the program.
    public var executable: String
    /// Arguments after the program's name.
    public var arguments: [String]
    /// The whole environment, as `NAME=value`. Nothing else is inherited.
    public var environment: [String]
    /// File that standard output and standard error are appended to; made with mode 0600.
    public var logPath: String
    /// Descriptor that becomes standard input; nil gives `/dev/null`. The caller keeps its own copy.
    public var standardInput: Int32?

    public init(
        executable: String,
        arguments: [String] = [],
        environment: [String] = ServerCommand.plainEnvironment,
        logPath: String,
        standardInput: Int32? = nil
    ) {
        self.executable = executable
        self.arguments = arguments
        self.environment = environment
        self.logPath = logPath
        self.standardInput = standardInput
    }

    /// A fixed environment, so that a server behaves the same whoever starts the service.
    public static let plainEnvironment = [
        "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
        "LC_ALL=C",
        "TZ=UTC",
    ]
}

import ArgumentParser

/// The command line. Everything but the choice of a command is configuration: the environment, or a file named by `CONFIG_FILE`.
@main
struct ErrorIngestCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "error-ingest",
        abstract:
            "Takes error reports over HTTP, keeps one row per distinct error in MySQL, and counts every occurrence exactly.",
        discussion: """
            Configuration comes from environment variables, then from the .env file named by CONFIG_FILE. Without REDIS_URL and \
            MYSQL_URL, serve starts its own Redis and MariaDB in DATA_DIR.

            \(ConfigurationDocument.help)
            """,
        version: ServiceVersion.text,
        subcommands: [
            ServeCommand.self, APICommand.self, WorkerCommand.self, SyncCommand.self, MigrateCommand.self,
            HealthCommand.self, CheckCommand.self, ConfigurationCommand.self, FingerprintCommand.self,
            DeadLettersCommand.self,
        ],
        defaultSubcommand: ServeCommand.self
    )
}

/// The version of this build; CHANGELOG.md says what is in it.
enum ServiceVersion {
    static let text = "0.1.0"
}

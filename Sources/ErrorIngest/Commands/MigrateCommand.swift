import ArgumentParser

struct MigrateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "migrate",
        abstract:
            "Bring the schema up to date, and end. Needs REDIS_URL and MYSQL_URL. Safe to run at any time and from several places."
    )

    func run() async throws {
        do {
            try await ServiceProcess.migrate()
        } catch {
            ServiceProcess.complain(error)
            throw ExitCode.failure
        }
    }
}

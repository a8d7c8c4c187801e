import ArgumentParser
import IngestStorage
import Logging
import MySQLClient

struct MigrateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "migrate",
        abstract: "Bring the schema of MYSQL_URL up to date, and end. Safe to run at any time and from several places."
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

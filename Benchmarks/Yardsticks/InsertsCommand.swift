import ArgumentParser
import MySQLClient

/// The most that one connection stores of the rows the service has stored.
struct InsertsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "inserts",
        abstract: "Insert the rows of the service's tables again, into empty copies, and say how long that took.",
        discussion: """
            Prepared inserts on one connection, a transaction each. Only the inserts and commits are timed. The \
            copies (y_errors, …) are dropped again. To be run when the service has stopped: the database should have \
            nothing else to do. Prints one JSON object.
            """
    )

    /// Of reading a page or inserting a batch, on a machine that has other things to do.
    private static let readTimeout = Duration.seconds(900)

    @Option(help: "mysql://user[:password@]host[:port]/database, with ?socket=/path: as MYSQL_URL of the service.")
    var mysql: String

    @Option(help: "Which tables.")
    var tableSet: TableSet

    @Option(help: "Rows of one insert, 1 to 4000.")
    var batch = 500

    func validate() throws {
        // A prepared statement has at most 65,535 parameters.
        guard (1...4_000).contains(batch) else { throw ValidationError("--batch must be from 1 to 4000") }
    }

    func run() async throws {
        let connection = try await MySQLConnection.connect(
            MySQLConfiguration(endpoint: try MySQLEndpoint(url: mysql), readTimeout: Self.readTimeout))
        let parts: [InsertYardstick.Part]
        do {
            parts = try await InsertYardstick(connection: connection, batch: batch).run(tableSet.tables)
        } catch {
            await connection.close()
            throw error
        }
        await connection.close()
        StandardOutput.put(line: InsertReport(tableSet: tableSet, batch: batch, parts: parts).json)
    }
}

import ArgumentParser

/// What `scripts/bench` measures the service against, in the same run: docs/performance.md.
@main
struct YardsticksCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "error-ingest-yardsticks",
        abstract: "What the service is measured against: a bare HTTP server, and plain inserts of its rows.",
        subcommands: [HTTPCommand.self, InsertsCommand.self]
    )
}

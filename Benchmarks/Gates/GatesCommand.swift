import ArgumentParser

/// Does one piece of the hot path's work a number of times, for `scripts/check-gates` to count its instructions and allocations.
@main
struct GatesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "error-ingest-gates",
        abstract: "Pieces of the hot path's work on fixed input, to be counted by scripts/check-gates.",
        subcommands: [ListCommand.self, RunCommand.self]
    )
}

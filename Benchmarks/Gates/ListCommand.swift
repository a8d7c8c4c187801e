import ArgumentParser

struct ListCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract:
            "Print the gates, one a line: name, iterations that give a steady figure, what is done; tabs between them."
    )

    func run() {
        for gate in Gate.all { print("\(gate.name)\t\(gate.iterations)\t\(gate.summary)") }
    }
}

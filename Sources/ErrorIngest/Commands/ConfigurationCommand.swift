import ArgumentParser

struct ConfigurationCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "configuration",
        abstract: "Print the reference of all configuration keys, and end.",
        discussion: "docs/configuration.md is written by: \(ConfigurationDocument.command)"
    )

    @Flag(help: "As the Markdown of docs/configuration.md.")
    var markdown = false

    func run() {
        print(markdown ? ConfigurationDocument.markdown : ConfigurationDocument.text, terminator: "")
    }
}

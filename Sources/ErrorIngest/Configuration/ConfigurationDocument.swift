/// The reference of all keys, written from their one list: for people at a terminal, and as `docs/configuration.md`.
enum ConfigurationDocument {
    /// The command that writes the document; said where it matters.
    static let command = "error-ingest configuration --markdown > docs/configuration.md"

    static var markdown: String {
        """
        <!-- Written by `\(command)`. Changes made here are lost; the tests compare. -->

        # Configuration

        Environment variables first, then the `.env` file (lines of `KEY=value`) named by `CONFIG_FILE`. All values are read and checked at start; a
        value that breaks its rule ends the process with a message that names the key, the rule and the remedy. `error-ingest check` looks at all of
        them, and at what they lead to, without starting anything. Secrets are never logged.

        "For" says which roles go by a key: `api`, `worker`, `sync`; `serve` has all of them.

        \(ConfigurationKey.Section.allCases.map(table).joined(separator: "\n"))
        ## What belongs together

        - `WORKERS` times `REDIS_SHARDS` is at most 24 in a process that works on the queues: there are two queues in each shard.
        - `REDIS_URL` and `MYSQL_URL` go together: both for external servers, neither for the embedded servers of `serve`.
        - Browsers may report from any origin by default (`CORS_ORIGINS=*`); reading back never carries CORS headers. On a listener that others can
          reach (`HOST` is not a loopback address), and behind any proxy, set `ADMIN_TOKEN`, or reads are answered 403. TLS to the stores, accounts
          with few rights, proxies: [exposing.md](exposing.md).
        - `ERROR_RETENTION_DAYS` is at least 35: reports may bear a time up to 30 days old, and an error just seen must not be deleted as an old one.

        """
    }

    /// For a terminal.
    static var text: String {
        ConfigurationKey.Section.allCases.map { section in
            let keys = keys(of: section).map { key in
                "\(key.name)=\(key.defaultText ?? "")\n    \(key.summary)\n    \(key.rule); \(roles(of: key))"
            }
            return "# \(section.rawValue)\n\n" + keys.joined(separator: "\n\n") + "\n"
        }.joined(separator: "\n")
    }

    /// The list of `--help`.
    static var help: String {
        ConfigurationKey.Section.allCases.map { section in
            "\(section.rawValue):\n" + keys(of: section).map(\.help).joined(separator: "\n")
        }.joined(separator: "\n\n")
    }

    private static func keys(of section: ConfigurationKey.Section) -> [ConfigurationKey] {
        ConfigurationKey.all.filter { $0.section == section }
    }

    private static func table(_ section: ConfigurationKey.Section) -> String {
        let rows = keys(of: section).map { key in
            let defaultCell = key.defaultText.map { $0.isEmpty ? "empty" : "`\($0)`" } ?? ""
            let cells = [
                "`\(key.name)`", value(of: key), defaultCell, key.isSecret ? "yes" : "", roles(of: key),
                key.summary.split(separator: "|", omittingEmptySubsequences: false).joined(separator: "\\|"),
            ]
            return "| " + cells.joined(separator: " | ") + " |"
        }
        return """
            ## \(section.rawValue)

            | key | value | default | secret | for | meaning |
            |---|---|---|---|---|---|
            \(rows.joined(separator: "\n"))

            """
    }

    private static func value(of key: ConfigurationKey) -> String {
        switch key.kind {
        case .text: "text"
        case .integer(let range): "\(range.lowerBound) … \(range.upperBound)" + (key.unit.map { " \($0)" } ?? "")
        case .choice(let values): values.joined(separator: ", ")
        }
    }

    private static func roles(of key: ConfigurationKey) -> String {
        key.roles == .all ? "all" : key.roles.names.joined(separator: ", ")
    }
}

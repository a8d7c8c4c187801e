import ArgumentParser

/// Which tables are copied.
enum TableSet: String, CaseIterable, ExpressibleByArgument {
    /// The two tables that say what an error is.
    case errors
    /// All that the worker writes for a new error.
    case allErrorTables = "all-error-tables"
    /// All that the worker writes for an event.
    case events

    /// The first one has a row for each item: an error or an event.
    var tables: [CopiedTable] {
        switch self {
        case .errors:
            [
                CopiedTable(name: "errors", key: ["fingerprint"]),
                CopiedTable(name: "error_details", key: ["fingerprint"]),
            ]
        case .allErrorTables:
            Self.errors.tables + [
                CopiedTable(name: "occurrences", key: ["fingerprint", "occurrence_id"]),
                CopiedTable(name: "error_words", key: ["week", "word", "fingerprint"]),
                // An ENUM is in the order of its numbers and compares as its text: no pages. There are few rows.
                CopiedTable(name: "facets", key: []),
            ]
        case .events:
            [
                CopiedTable(name: "events", key: ["received_on", "event_key"]),
                CopiedTable(name: "event_path_names", key: ["path_key"]),
                CopiedTable(name: "event_users", key: ["site_id", "day", "user_key"]),
                CopiedTable(name: "event_paths", key: ["site_id", "width_seconds", "slot", "path_key"]),
                CopiedTable(name: "event_stats", key: ["site_id", "width_seconds", "slot"]),
            ]
        }
    }
}

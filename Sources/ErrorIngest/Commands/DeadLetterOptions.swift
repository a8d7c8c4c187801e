import ArgumentParser
import Ingest
import QueueCore

/// Which letters a command is about: the options that all of them share.
struct DeadLetterOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Only letters of this queue.", valueName: "errors|events"))
    var queue: String?

    @Option(help: ArgumentHelp("Only letters with this reason, word for word.", valueName: "text"))
    var reason: String?

    @Option(
        help: ArgumentHelp(
            "Only letters in this state.", valueName: DeadLetterState.allCases.map(\.rawValue).joined(separator: "|")))
    var state: String?

    @Option(help: ArgumentHelp("Only letters whose last failure is not before this.", valueName: "time"))
    var since: String?

    @Option(help: ArgumentHelp("Only letters whose last failure is before this.", valueName: "time"))
    var until: String?

    static let timeHelp = "Times are ISO 8601, such as 2026-11-21T16:00Z, or Unix seconds or milliseconds."

    func validate() throws {
        if let state, DeadLetterState(rawValue: state) == nil {
            let names = DeadLetterState.allCases.map(\.rawValue).joined(separator: ", ")
            throw ValidationError("--state must be one of \(names)")
        }
        for (name, text) in [("since", since), ("until", until)] where text != nil && Self.time(text) == nil {
            throw ValidationError("--\(name) must be a time, such as 2026-11-21T16:00Z")
        }
    }

    var filter: DeadLetterFilter {
        DeadLetterFilter(
            queue: queue, reason: reason, state: state.flatMap(DeadLetterState.init(rawValue:)),
            sinceMilliseconds: Self.time(since), untilMilliseconds: Self.time(until))
    }

    /// What a command that changes letters is about: letters by name, a filter, or everything in so many words.
    func selection(_ names: [String], all: Bool) throws -> DeadLetterSelection {
        if !names.isEmpty {
            guard filter == DeadLetterFilter(), !all else {
                throw ValidationError("name letters, or choose them by options; not both")
            }
            guard names.count <= DeadLetterSelection.maxLetters else {
                throw ValidationError("name at most \(DeadLetterSelection.maxLetters) letters")
            }
            let ids = try names.map(Self.id)
            guard Set(ids).count == ids.count else { throw ValidationError("a letter is named twice") }
            return .letters(ids)
        }
        guard filter.isEmpty == all else {
            throw ValidationError(
                all
                    ? "--all goes with no filter but --state"
                    : "say which letters: by name, by --queue, --reason, --since or --until, or --all")
        }
        return .matching(filter)
    }

    /// `<queue>/<key>`, as lists show it.
    static func id(_ name: String) throws -> DeadLetterID {
        let parts = name.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, !parts[0].isEmpty, let id = DeadLetterID(queue: String(parts[0]), hex: parts[1]) else {
            throw ValidationError("a letter is named <queue>/<key>, as dead-letters list shows it")
        }
        return id
    }

    private static func time(_ text: String?) -> Int64? {
        text.flatMap { text in Array(text.utf8).withUnsafeBytes { EventTime.milliseconds(text: $0) } }
    }
}

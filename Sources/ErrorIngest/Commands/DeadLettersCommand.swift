import ArgumentParser
import Ingest
import IngestStorage
import QueueCore

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// Works on the stores directly, so that it helps when the API is down.
struct DeadLettersCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "dead-letters",
        abstract: "List, show, replay or discard the records that could not be stored.",
        discussion: """
            Works on MySQL and Redis directly, at MYSQL_URL and REDIS_URL or those that serve runs in DATA_DIR; the API may be down. The exit \
            status is 0 when everything was done, 1 when not every letter was stored (or found), 64 for a wrong option, \(unavailable.rawValue) when a \
            store is away.
            """,
        subcommands: [List.self, Show.self, Replay.self, Discard.self],
        defaultSubcommand: List.self
    )

    /// `EX_UNAVAILABLE` of sysexits(3).
    private static let unavailable = ExitCode(69)

    /// Runs a command; whatever goes wrong is said on standard error.
    fileprivate static func run(_ body: (DeadLetterStores) async throws -> ExitCode) async throws {
        signal(SIGPIPE, SIG_IGN)
        let code: ExitCode
        do {
            code = try await body(try await DeadLetterStores())
        } catch let problem as DeadLetterStores.Problem {
            ServiceProcess.complain(
                DeadLetterStores.Problem(description: TerminalText.visible(problem.description)))
            code = unavailable
        } catch {
            ServiceProcess.complain(error)
            code = .failure
        }
        if code != .success { throw code }
    }

    fileprivate static func write(_ json: [UInt8]) {
        print(String(decoding: json, as: UTF8.self))
    }
}

extension DeadLettersCommand {
    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "list", abstract: "Show dead letters, the newest failure first.",
            discussion: DeadLetterOptions.timeHelp)

        @OptionGroup var options: DeadLetterOptions

        @Option(help: "Letters to show, 1 to \(DeadLetterQuery.maxLimit).")
        var limit = DeadLetterQuery.defaultLimit

        @Option(help: ArgumentHelp("Go on where the list before ended.", valueName: "cursor"))
        var cursor: String?

        @Flag(help: "Write one JSON object, as GET /admin/dead-letters does.")
        var json = false

        func validate() throws {
            guard (1...DeadLetterQuery.maxLimit).contains(limit) else {
                throw ValidationError("--limit must be from 1 to \(DeadLetterQuery.maxLimit)")
            }
            if let cursor, DeadLetterCursor(text: cursor) == nil {
                throw ValidationError("--cursor is not one that a list has shown")
            }
        }

        func run() async throws {
            let query = DeadLetterQuery(
                filter: options.filter, limit: limit, cursor: cursor.flatMap { DeadLetterCursor(text: $0) })
            try await DeadLettersCommand.run { stores in
                let page = try await stores.withArchive { try await $0.page(query) }
                if json { write(page.json) } else { print(DeadLetterText.list(page), terminator: "") }
                return .success
            }
        }
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "show", abstract: "Show one dead letter and what is in it.")

        @Argument(help: ArgumentHelp("The letter, as list shows it.", valueName: "queue/key"))
        var letter: String

        @Flag(help: "Write one JSON object, as GET /admin/dead-letters/{queue}/{key} does.")
        var json = false

        func validate() throws {
            _ = try DeadLetterOptions.id(letter)
        }

        func run() async throws {
            let id = try DeadLetterOptions.id(letter)
            try await DeadLettersCommand.run { stores in
                guard let found = try await stores.withArchive({ try await $0.find(id) }) else {
                    ServiceProcess.complain(
                        DeadLetterStores.Problem(description: "there is no dead letter \(TerminalText.visible(letter))")
                    )
                    return .failure
                }
                if json { write(found.json(found.content)) } else { print(DeadLetterText.show(found), terminator: "") }
                return .success
            }
        }
    }

    struct Replay: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "replay",
            abstract: "Put dead letters back into their queues, and watch what becomes of them.",
            discussion: """
                Without --state, letters that are dead. Of many letters the first \(ReplayOutcome.trialLetters) go \
                ahead; when they are refused again, or not done in time, the others stay where they are.
                """)

        @Argument(help: ArgumentHelp("Letters, as list shows them.", valueName: "queue/key"))
        var letters: [String] = []

        @OptionGroup var options: DeadLetterOptions

        @Flag(help: "All of them.")
        var all = false

        @Option(
            help: ArgumentHelp(
                "Seconds to watch each 1,000 letters, 0 to 3600. With 0 all are queued at once.", valueName: "seconds"))
        var wait = 30

        @Flag(help: "Write one JSON object, as POST /admin/dead-letters/replay does.")
        var json = false

        func validate() throws {
            guard (0...3_600).contains(wait) else { throw ValidationError("--wait must be from 0 to 3600 seconds") }
            if options.filter.state == .replayed { throw ValidationError("what is replayed is stored already") }
            _ = try options.selection(letters, all: all)
        }

        func run() async throws {
            let first = try options.selection(letters, all: all)
            try await DeadLettersCommand.run { stores in
                let total = try await stores.withReplayer { replayer in
                    var total = ReplayOutcome()
                    var selection = first
                    while true {
                        total.add(try await replayer.replay(selection, watch: .seconds(wait)))
                        // The cursor only goes on to older failures: what is refused again is not met twice.
                        guard total.stop == nil, case .matching(let filter, _) = selection,
                            let cursor = total.nextCursor
                        else { return total }
                        selection = .matching(filter, after: cursor)
                    }
                }
                if json { write(total.json) } else { print(DeadLetterText.outcome(total), terminator: "") }
                return total.isComplete && total.notFound == 0 ? .success : .failure
            }
        }
    }

    struct Discard: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "discard", abstract: "Delete dead letters for good.",
            discussion: "Without --state, letters that are dead; letters by name in whatever state they are.")

        @Argument(help: ArgumentHelp("Letters, as list shows them.", valueName: "queue/key"))
        var letters: [String] = []

        @OptionGroup var options: DeadLetterOptions

        @Flag(help: "All of them.")
        var all = false

        @Flag(help: "Write one JSON object, as POST /admin/dead-letters/discard does.")
        var json = false

        func validate() throws {
            _ = try options.selection(letters, all: all)
        }

        func run() async throws {
            var selection = try options.selection(letters, all: all)
            if case .matching(var filter, _) = selection, filter.untilMilliseconds == nil {
                // What fails from now on nobody has looked at.
                filter.untilMilliseconds = WallClock.unixMilliseconds
                selection = .matching(filter)
            }
            let chosen = selection
            try await DeadLettersCommand.run { stores in
                let total = try await stores.withArchive { archive in
                    var total = DiscardOutcome(discarded: 0, hasMore: true)
                    while total.hasMore {
                        let outcome = try await archive.discard(chosen)
                        total.discarded += outcome.discarded
                        total.hasMore = outcome.hasMore && outcome.discarded > 0
                    }
                    return total
                }
                if json { write(total.json) } else { print("discarded \(total.discarded)") }
                guard case .letters(let ids) = chosen, total.discarded < ids.count else { return .success }
                return .failure
            }
        }
    }
}

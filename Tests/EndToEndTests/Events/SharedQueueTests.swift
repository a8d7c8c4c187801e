import EmbeddedServers
import TestServers
import Testing

/// Both paths share one queue core: read off the source, where a second queue or retry loop would have to be written.
@Suite struct SharedQueueTests {
    /// What a type that queues, retries, works or buries is called.
    private static let words = ["Queue", "Retry", "Backoff", "Backlog", "DeadLetter", "Worker", "Bisection", "Breaker"]

    /// Types with such a name that do none of it.
    private static let inIngest: Set<String> = [
        // The JSON of the admin routes: what is asked for, and what a letter's payload says.
        "DeadLetterCommand", "DeadLetterCommandDecoder", "DeadLetterContent",
    ]

    /// The adapters: QueueCore's ports over Redis and MySQL, and the names of the two queues.
    private static let inIngestStorage: Set<String> = [
        "RedisQueueDriver", "RedisQueueProducer", "RedisQueueReader", "RedisQueueReading", "ErrorQueue", "EventQueue",
        "MySQLDeadLetterArchive", "DeadLetterRows", "DeadLetterSession", "DeadLetterStatements",
    ]

    @Test func ingestHasNoQueueOfItsOwn() throws {
        let types = try Self.types(in: "Sources/Ingest")
        #expect(types.count > 100)
        #expect(Set(types.filter(Self.isOfQueues)) == Self.inIngest)
    }

    @Test func storageHasOnlyAdapters() throws {
        let types = try Self.types(in: "Sources/IngestStorage")
        #expect(types.count > 50)
        #expect(Set(types.filter(Self.isOfQueues)) == Self.inIngestStorage)
    }

    /// One place makes workers, out of one type, for every pipeline; what differs is the store they are given.
    @Test func bothPipelinesAreWorkedByTheSameType() throws {
        var places: [String] = []
        for module in FileTree.names(in: Self.root + "/Sources") {
            for file in try Self.files(in: "Sources/\(module)") {
                let text = try Self.code(file)
                for _ in 0..<text.components(after: "QueueWorker(").count { places.append(file) }
            }
        }
        #expect(places == ["Sources/ErrorIngest/Roles/ServiceParts.swift"])
        let parts = try Self.code("Sources/ErrorIngest/Roles/ServiceParts.swift")
        for piece in [
            "for pipeline in Pipeline.allCases", "switch pipeline", "MySQLErrorStore(", "MySQLEventStore(",
            "RedisQueueDriver(",
        ] {
            #expect(parts.contains(piece), "\(piece)")
        }
        for (file, store) in [
            ("Sources/IngestStorage/MySQL/MySQLErrorStore.swift", "MySQLErrorStore"),
            ("Sources/IngestStorage/MySQL/Events/MySQLEventStore.swift", "MySQLEventStore"),
        ] {
            #expect(try Self.code(file).contains("struct \(store): BatchStore"), "\(file)")
        }
    }

    /// Letters of both paths are written by the same rows.
    @Test func bothStoresBuryWithTheSameCode() throws {
        for file in ["MySQLErrorStore.swift", "Events/MySQLEventStore.swift"] {
            let text = try Self.code("Sources/IngestStorage/MySQL/\(file)")
            #expect(text.contains("DeadLetterRows("), "\(file)")
            #expect(!text.contains("sleep("), "\(file)")
        }
    }

    // MARK: - Source

    private static let root = "/" + #filePath.split(separator: "/").dropLast(4).joined(separator: "/")

    private static func isOfQueues(_ type: String) -> Bool {
        words.contains { type.contains($0) }
    }

    /// Names of all types that are declared below a directory.
    private static func types(in directory: String) throws -> [String] {
        let kinds: Set<Substring> = ["struct", "class", "enum", "protocol", "actor", "typealias"]
        var types: [String] = []
        for file in try files(in: directory) {
            for line in try code(file).split(separator: "\n") {
                let words = line.split(whereSeparator: { " :<(){".contains($0) })
                // In front of the kind stand modifiers only: `class` and `enum` are also words.
                for (index, word) in words.enumerated() where kinds.contains(word) && index + 1 < words.count {
                    types.append(String(words[index + 1]))
                    break
                }
            }
        }
        return types
    }

    /// The Swift files below a directory.
    private static func files(in directory: String) throws -> [String] {
        var files: [String] = []
        for name in FileTree.names(in: "\(root)/\(directory)").sorted() {
            let path = "\(directory)/\(name)"
            if FileTree.isDirectory("\(root)/\(path)") {
                files += try Self.files(in: path)
            } else if name.hasSuffix(".swift") {
                files.append(path)
            }
        }
        return files
    }

    /// A file without its comments.
    private static func code(_ path: String) throws -> String {
        try RepositoryDocument.lines(path)
            .filter { !$0.drop { $0 == " " }.hasPrefix("//") }
            .joined(separator: "\n")
    }
}

extension String {
    /// What follows each occurrence of `mark`.
    fileprivate func components(after mark: String) -> [Substring] {
        split(separator: mark, omittingEmptySubsequences: false).dropFirst().map(\.self)
    }
}

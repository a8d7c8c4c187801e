import Hummingbird
import Ingest
import IngestStorage
import QueueCore

/// `GET /admin/dead-letters`, `GET /admin/dead-letters/{queue}/{key}`, `POST /admin/dead-letters/replay` and `…/discard`.
struct DeadLetterRoutes<Archive: DeadLetterArchive>: Sendable {
    let archive: Archive
    let replayer: DeadLetterReplayer<Archive>

    func add(to router: some RouterMethods<ServiceRequestContext>) {
        router.get("admin/dead-letters") { request, _ in
            await StoreAnswer.make { () throws(RouteFailure) -> Response in
                let query = try Self.query(request.uri.queryParameters)
                return JSONResponse.make(
                    try await Self.store { () throws(WorkFailure) in try await archive.page(query) }.json)
            }
        }
        router.get("admin/dead-letters/{queue}/{key}") { _, context in
            await StoreAnswer.make { () throws(RouteFailure) in try await show(context) }
        }
        router.post("admin/dead-letters/replay") { request, _ in
            await StoreAnswer.make { () throws(RouteFailure) -> Response in
                let command = try Self.command(try await Self.body(request), DeadLetterCommandDecoder.replay)
                return JSONResponse.make(
                    try await Self.store { () throws(WorkFailure) in
                        try await replayer.replay(command.selection, watch: .seconds(command.waitSeconds))
                    }.json)
            }
        }
        router.post("admin/dead-letters/discard") { request, _ in
            await StoreAnswer.make { () throws(RouteFailure) -> Response in
                let command = try Self.command(try await Self.body(request), DeadLetterCommandDecoder.discard)
                return JSONResponse.make(
                    try await Self.store { () throws(WorkFailure) in try await archive.discard(command.selection) }
                        .json)
            }
        }
    }

    private func show(_ context: ServiceRequestContext) async throws(RouteFailure) -> Response {
        guard let queue = context.parameters.get("queue"), let key = context.parameters.get("key"),
            let id = DeadLetterID(queue: queue, hex: key)
        else {
            let limit = 2 * DeadLetterID.maxKeyBytes
            throw .rejected(
                RequestRejection(
                    statusCode: 400, code: "invalid_key",
                    message: "the key of a dead letter is 2 to \(limit) hexadecimal digits",
                    fields: [FieldProblem(field: "key", rule: "hex", limit: limit)]))
        }
        let found = try await Self.store { () throws(WorkFailure) in try await archive.find(id) }
        guard let found else {
            throw .rejected(
                RequestRejection(statusCode: 404, code: "not_found", message: "no dead letter has this key"))
        }
        return JSONResponse.make(found.json(found.content))
    }

    private static func query(_ parameters: Parameters) throws(RouteFailure) -> DeadLetterQuery {
        var reading = QueryReading(
            parameters, known: ["queue", "reason", "state", "since", "until", "limit", "cursor"])
        var query = DeadLetterQuery()
        query.filter.queue = reading.text("queue")
        query.filter.reason = reading.text("reason")
        query.filter.state = reading.choice("state", DeadLetterState.self)
        query.filter.sinceMilliseconds = reading.time("since")
        query.filter.untilMilliseconds = reading.time("until")
        if let limit = reading.integer("limit", in: 1...DeadLetterQuery.maxLimit) { query.limit = limit }
        query.cursor = reading.value("cursor", rule: "cursor") { DeadLetterCursor(text: $0) }
        try reading.finish()
        return query
    }

    private static func body(_ request: Request) async throws(RouteFailure) -> [UInt8] {
        try await CommandBody.read(request, upTo: DeadLetterCommand.maxBodyBytes)
    }

    private static func command(
        _ body: [UInt8], _ decode: ([UInt8]) throws(RequestRejection) -> DeadLetterCommand
    ) throws(RouteFailure) -> DeadLetterCommand {
        do throws(RequestRejection) {
            return try decode(body)
        } catch {
            throw .rejected(error)
        }
    }

    private static func store<R: Sendable>(
        _ body: () async throws(WorkFailure) -> R
    ) async throws(RouteFailure) -> R {
        do throws(WorkFailure) {
            return try await body()
        } catch {
            throw .store(StoreFailure(error.class == .configuration ? .configuration : .unavailable, error.description))
        }
    }
}

extension StoredDeadLetter {
    /// What the payload says, as the queue of the letter has it.
    var content: DeadLetterContent {
        let kinds: [String: DeadLetterContent.Kind] = [ErrorQueue.name: .errors, EventQueue.name: .events]
        return DeadLetterContent(self, kind: kinds[id.queue])
    }
}

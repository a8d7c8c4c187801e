import NIOCore
import Synchronization
import TestServers

/// Sends the events of a plan to `POST /events` in batches of 100 over a few connections that are kept, as a careful client does: what is
/// refused is sent again after the time asked for, and what may have been taken only if it carries event ids.
final class EventLoad: Sendable {
    static let batchSize = 100
    /// Connections, each with one request at a time.
    static let clients = 4
    /// How long one batch may be under way, all its attempts and pauses together.
    static let batchLimit = Duration.seconds(180)

    /// What became of the load.
    struct Log: Sendable {
        /// Numbers of the events that were taken.
        var taken: [Range<Int>] = []
        /// Answers 503.
        var refusals = 0
        /// Answers that did not come, or said that they do not know.
        var unknown = 0
        /// Numbers of events without event ids that had such an answer: they can neither be left out nor be sent again. In one shard
        /// each batch is stored whole or not at all.
        var doubtful: [Range<Int>] = []
        /// Longest `Retry-After`, seconds.
        var longestWait = 0

        var numbers: FlattenSequence<[Range<Int>]> { taken.joined() }
    }

    enum Pause {
        /// As long as the answer says.
        case retryAfter
        /// No longer than this: a client that presses.
        case atMost(Duration)
    }

    let plan: EventPlan
    /// Made before the clock runs: what is measured is the service.
    private let requests: [[UInt8]]
    private let pause: Pause
    private let next: Atomic<Int>
    private let stopped = Atomic<Bool>(false)
    private let log = Mutex(Log())

    /// - Parameter firstBatch: those before it are left out.
    init(_ plan: EventPlan, pause: Pause = .retryAfter, firstBatch: Int = 0) {
        self.plan = plan
        requests = (0..<(plan.events + Self.batchSize - 1) / Self.batchSize).map { batch in
            let body = plan.body(of: Self.numbers(of: batch, plan), inLines: batch % 2 == 1)
            return HTTPRequest("POST", "/events", body: body).bytes
        }
        self.pause = pause
        next = Atomic(firstBatch)
    }

    /// Sends them all, or until `stop`. Returns when nothing is under way.
    func run(port: Int) async throws -> Log {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<Self.clients { group.addTask { try await self.client(port) } }
            try await group.waitForAll()
        }
        return log.withLock { $0 }
    }

    /// What is refused from now on is given up.
    func stop() { stopped.store(true, ordering: .relaxed) }

    var takenCount: Int { log.withLock { $0.taken.reduce(0) { $0 + $1.count } } }
    var refusalCount: Int { log.withLock { $0.refusals } }

    private var isStopped: Bool { stopped.load(ordering: .relaxed) }

    @concurrent private func client(_ port: Int) async throws {
        var connection: HTTPConnection?
        while !isStopped, !Task.isCancelled {
            let batch = next.add(1, ordering: .relaxed).oldValue
            guard batch < requests.count else { break }
            try await send(requests[batch], Self.numbers(of: batch, plan), over: &connection, port)
        }
        await connection?.close()
    }

    private static func numbers(of batch: Int, _ plan: EventPlan) -> Range<Int> {
        batch * batchSize..<min((batch + 1) * batchSize, plan.events)
    }

    private func send(
        _ request: [UInt8], _ numbers: Range<Int>, over connection: inout HTTPConnection?, _ port: Int
    ) async throws {
        let deadline = ContinuousClock.now + Self.batchLimit
        var isDoubtful = false
        while true {
            guard ContinuousClock.now < deadline else { throw TestServerError("\(numbers) were never taken") }
            let result = await attempt(request, numbers.count, over: &connection, port)
            switch result {
            case .taken:
                log.withLock { $0.taken.append(numbers) }
                return
            case .refused(let seconds):
                log.withLock {
                    $0.refusals += 1
                    $0.longestWait = max($0.longestWait, seconds)
                }
                // What is in doubt is sent until it is known.
                if isStopped && !isDoubtful { return }
                try await rest(.seconds(seconds))
            case .notSent:
                if isStopped && !isDoubtful { return }
                try await rest(.milliseconds(50))
            case .unknown:
                log.withLock {
                    $0.unknown += 1
                    if !plan.isIdentified { $0.doubtful.append(numbers) }
                }
                guard plan.isIdentified else { return }
                isDoubtful = true
                try await rest(.milliseconds(50))
            case .unexpected(let answer):
                throw TestServerError("\(numbers): \(answer.status) \(answer.text.prefix(500))")
            }
        }
    }

    private func rest(_ asked: Duration) async throws {
        let time =
            switch pause {
            case .retryAfter: asked
            case .atMost(let limit): min(asked, limit)
            }
        try await Task.sleep(for: time)
    }

    // MARK: - One attempt

    private enum Attempt {
        case taken
        /// With its `Retry-After`, seconds.
        case refused(Int)
        case notSent, unknown
        case unexpected(HTTPAnswer)
    }

    private func attempt(
        _ request: [UInt8], _ count: Int, over connection: inout HTTPConnection?, _ port: Int
    ) async -> Attempt {
        // Closed while nothing was under way, as idle ones are.
        if let open = connection, (try? await open.isClosed) != false { connection = nil }
        if connection == nil {
            connection = try? await HTTPConnection.open(port: port)
        }
        guard let open = connection else { return .notSent }
        let answer: HTTPAnswer
        do {
            try await open.send(request)
            answer = try await open.answer(within: .seconds(20))
        } catch {
            await open.close()
            connection = nil
            return .unknown
        }
        if answer.header("connection") == "close" {
            await open.close()
            connection = nil
        }
        switch answer.status {
        case 200:
            guard let counts = Self.counts(answer.text) else { return .unexpected(answer) }
            // In one shard a request is taken whole or not at all; in several it may be refused in part, and is then sent again.
            let taken = counts.accepted + counts.duplicate
            return taken == count ? .taken : counts.rejected > 0 ? .unexpected(answer) : .unknown
        case 503 where answer.header("x-outcome") == "unknown": return .unknown
        case 503:
            guard let seconds = answer.header("retry-after").flatMap({ Int($0) }), (1...60).contains(seconds) else {
                return .unexpected(answer)
            }
            return .refused(seconds)
        default: return .unexpected(answer)
        }
    }

    /// The counts at the start of an answer; parsing all its results would take longer than it took to make them.
    private static func counts(_ text: String) -> (accepted: Int, duplicate: Int, rejected: Int)? {
        guard let end = text.utf8.firstIndex(of: UInt8(ascii: "[")), text[..<end].hasSuffix(",\"results\":"),
            let counts = try? JSON(Array((text[..<end].dropLast(",\"results\":".count) + "}").utf8)),
            let accepted = counts["accepted"]?.int, let duplicate = counts["duplicate"]?.int,
            let rejected = counts["rejected"]?.int
        else { return nil }
        return (accepted, duplicate, rejected)
    }
}

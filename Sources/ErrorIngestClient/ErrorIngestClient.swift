internal import NIOConcurrencyHelpers
public import ServiceLifecycle

/// Reports the errors of a Swift application to ErrorIngest.
///
/// `report` never blocks, never throws and never logs: it encodes the report, puts it into a bounded queue in memory and returns.
/// `run()` sends what is in the queue, a batch at a time, and sends again what was not taken, under the same event ids, so that
/// each report is counted once. Give the client to a `ServiceGroup` **before** the services that report: it is then stopped after
/// them, and drains what they left.
///
/// Event ids are remembered by the service for `EVENT_ID_WINDOW_SECONDS` (600). A report is sent again however long the service was
/// away, as long as the queue has room for it. So an attempt that had come through although its answer was lost, and that is
/// repeated more than ten minutes later, is counted twice; one lost and repeated within ten minutes is not.
public final class ErrorIngestClient: Service, Sendable {
    private enum Phase {
        case fresh, running, draining, closed
    }

    private struct State {
        var phase = Phase.fresh
        var queue: ReportQueue
        var statistics = Statistics()
        /// Whoever waits until the queue is empty.
        var flushes: [Alarm] = []

        /// Counts what is dropped.
        mutating func drop(_ count: Int, _ reason: DropReason) -> DropReason {
            if count > 0 { statistics.dropped[reason, default: 0] += count }
            return reason
        }
    }

    /// True while the observer runs: what it reports is ignored, or a full queue would report itself for ever.
    @TaskLocal private static var isObserving = false

    private let configuration: Configuration
    private let encoder: ReportEncoder
    private let state: NIOLockedValueBox<State>
    /// There is something to send.
    private let work = Alarm()
    /// Draining has begun.
    private let closing = Alarm()

    /// - Throws: `invalidConfiguration`; the message names the field.
    public init(configuration: Configuration) throws(ErrorIngestClientError) {
        try configuration.check()
        self.configuration = configuration
        encoder = ReportEncoder(configuration)
        state = NIOLockedValueBox(
            State(queue: ReportQueue(maxRecords: configuration.queueRecords, maxBytes: configuration.queueBytes)))
    }

    /// A snapshot.
    public var statistics: Statistics {
        state.withLockedValue { state in
            var statistics = state.statistics
            statistics.queued = state.queue.count
            return statistics
        }
    }

    /// Reports that were not and will not be delivered.
    public var droppedCount: Int { statistics.droppedCount }

    /// Queues a report. Never blocks, throws or logs; a report that does not fit is dropped, counted, and told to the observer.
    public func report(_ report: ErrorReport) {
        guard !Self.isObserving else { return }
        let queued = QueuedReport(json: encoder.encode(report))
        let (drop, wakes) = state.withLockedValue { state -> (DropReason?, Bool) in
            state.statistics.made += 1
            guard state.phase != .closed else { return (state.drop(1, .shutDown), false) }
            let waiting = state.queue.waitingCount
            guard state.queue.add(queued) else { return (state.drop(1, .queueFull), false) }
            return (nil, waiting == 0 || waiting + 1 == configuration.batchRecords || state.phase == .draining)
        }
        if wakes { work.ring() }
        if let drop { tell(.dropped(count: 1, drop)) }
    }

    /// Sends what is queued until the task is cancelled (what waits is dropped) or a graceful shutdown begins (what waits is sent
    /// first, for at most `shutdownTimeout`). May be called once.
    public func run() async throws {
        let isFirst = state.withLockedValue { state in
            defer { if state.phase == .fresh { state.phase = .running } }
            return state.phase == .fresh
        }
        guard isFirst else {
            throw ErrorIngestClientError(code: .alreadyRun, message: "run() may be called once")
        }
        let transport = HTTPTransport(configuration)
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await self.deliver(by: transport) }
            group.addTask {
                // Throws when the other task has ended first.
                guard (try? await gracefulShutdown()) != nil else { return }
                self.beginDraining()
                try? await Task.sleep(for: self.configuration.shutdownTimeout)
            }
            // Either everything is sent, or the time for it is over.
            await group.next()
            group.cancelAll()
        }
        close()
        await transport.shutDown()
    }

    /// Waits until every report has been delivered or dropped, without waiting for others to go with them. For programs without a
    /// `ServiceGroup`, at their end. `run()` must be running.
    /// - Returns: false when some still wait after `limit`.
    public func flush(within limit: Duration) async -> Bool {
        let done = Alarm()
        let isEmpty = state.withLockedValue { state in
            if !state.queue.isEmpty { state.flushes.append(done) }
            return state.queue.isEmpty
        }
        if isEmpty { return true }
        work.ring()
        await done.wait(for: limit)
        return state.withLockedValue { state in
            state.flushes.removeAll { $0 === done }
            return state.queue.isEmpty
        }
    }

    // MARK: - Phases

    private func beginDraining() {
        state.withLockedValue { if $0.phase == .running { $0.phase = .draining } }
        closing.ring()
        work.ring()
    }

    private func close() {
        let (dropped, flushes) = state.withLockedValue { state -> (Int, [Alarm]) in
            state.phase = .closed
            let count = state.queue.removeAll()
            _ = state.drop(count, .shutDown)
            defer { state.flushes = [] }
            return (count, state.flushes)
        }
        for flush in flushes { flush.ring() }
        if dropped > 0 { tell(.dropped(count: dropped, .shutDown)) }
    }

    private func tell(_ event: Event) {
        guard let observer = configuration.observer else { return }
        Self.$isObserving.withValue(true) { observer(event) }
    }

    // MARK: - Delivery

    private func deliver(by transport: HTTPTransport) async {
        var retry = RetrySchedule(limit: configuration.retryLimit)
        var sender = BatchSender(maxBytes: configuration.batchBytes)
        while await waitForWork() {
            let batch = state.withLockedValue {
                $0.queue.take(maxRecords: configuration.batchRecords, maxBytes: sender.maxBytes)
            }
            let outcome = await sender.send(batch, by: transport)
            finish(batch, outcome)
            guard let failure = outcome.failure else {
                retry.succeeded()
                continue
            }
            // Cancelled: the attempt was broken off, not refused.
            guard !Task.isCancelled else { return }
            if outcome.delivered > 0 { retry.succeeded() }
            let delay = retry.failed(retryAfter: failure.retryAfter, random: .random(in: 0..<1))
            tell(.deliveryFailed(reason: failure.reason, nextAttemptIn: delay))
            await rest(for: delay)
        }
    }

    /// Waits until there is a batch to send. False when there is nothing more to do.
    private func waitForWork() async -> Bool {
        var due: ContinuousClock.Instant?
        while !Task.isCancelled {
            let (count, phase, isFlushing) = state.withLockedValue {
                ($0.queue.waitingCount, $0.phase, !$0.flushes.isEmpty)
            }
            if count == 0 {
                if phase == .draining { return false }
                await work.wait()
                continue
            }
            if count >= configuration.batchRecords || isFlushing || phase == .draining { return true }
            let now = ContinuousClock.now
            let deadline = due ?? now + configuration.flushInterval
            due = deadline
            if deadline <= now { return true }
            await work.wait(for: deadline - now)
        }
        return false
    }

    /// Waits before the next attempt. The start of draining ends the wait: the service may be back.
    private func rest(for delay: Duration) async {
        if state.withLockedValue({ $0.phase == .draining }) {
            try? await Task.sleep(for: delay)
        } else {
            await closing.wait(for: delay)
        }
    }

    private func finish(_ batch: [QueuedReport], _ outcome: BatchSender.Outcome) {
        let flushes = state.withLockedValue { state -> [Alarm] in
            state.queue.finish(batch, again: outcome.again)
            state.statistics.delivered += outcome.delivered
            _ = state.drop(outcome.rejected, .rejected)
            guard state.queue.isEmpty else { return [] }
            defer { state.flushes = [] }
            return state.flushes
        }
        for flush in flushes { flush.ring() }
        if outcome.rejected > 0 { tell(.dropped(count: outcome.rejected, .rejected)) }
    }
}

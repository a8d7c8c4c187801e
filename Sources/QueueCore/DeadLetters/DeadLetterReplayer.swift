/// Puts dead letters back into their queues and watches what becomes of them.
///
/// Each letter is queued once a call, as a job of its own that carries the letter's key; a worker then marks the letter as
/// replayed in the transaction that stores it, or as dead with one more attempt. Of many letters the first few go ahead:
/// when they are refused again the rest stays where it is, since a flood of bad records stops the workers for everybody.
public struct DeadLetterReplayer<Archive: DeadLetterArchive>: Sendable {
    public typealias Append = @Sendable (_ jobs: [NewJob], _ queue: String) async throws(QueueError) -> Void

    /// Jobs of one append, at most.
    static var jobsPerAppend: Int { 20 }
    /// Between two looks at the states: the first, doubled up to the last.
    static var lookIntervals: (first: Duration, last: Duration) { (.milliseconds(50), .milliseconds(500)) }

    private let archive: Archive
    private let append: Append
    private let clock: any QueueClock
    private let breaker: BuryBreaker

    /// - Parameters:
    ///   - append: appends all jobs to a queue or none of them, without counting and without a look at event ids.
    ///   - breaker: with the limits of the workers.
    public init(
        archive: Archive,
        clock: any QueueClock = SystemQueueClock(),
        breaker: BuryBreaker = BuryBreaker(),
        append: @escaping Append
    ) {
        self.archive = archive
        self.append = append
        self.clock = clock
        self.breaker = breaker
    }

    public init(archive: Archive, queues: ReplayQueues, clock: any QueueClock = SystemQueueClock()) {
        self.init(archive: archive, clock: clock) { jobs, queue throws(QueueError) in
            try await queues.append(jobs, to: queue)
        }
    }

    /// - Parameter limit: how long the letters are watched. With zero they are all queued and nothing is waited for, not even
    ///   for the first few.
    /// - Throws: what the archive throws before anything is queued.
    public func replay(
        _ selection: DeadLetterSelection, watch limit: Duration
    ) async throws(WorkFailure) -> ReplayOutcome {
        let start = try await archive.beginReplay(selection)
        let deadline = clock.uptime + limit
        let isTried = limit > .zero && start.letters.count > ReplayOutcome.trialLetters
        var watch = ReplayWatch()
        var outcome = ReplayOutcome()
        var rest = start.letters[...]

        await queue(isTried ? ReplayOutcome.trialLetters : rest.count, of: &rest, &watch, &outcome)
        if isTried, outcome.stop == nil {
            await follow(&watch, until: deadline)
            switch watch.verdict(breaker) {
            case .goOn: await queue(rest.count, of: &rest, &watch, &outcome)
            case .undecided: outcome.stop = .notWorkedInTime
            case .tooManyRefused: outcome.stop = .refusedAgain
            }
        }
        await takeBack(rest, &watch, &outcome)
        await follow(&watch, until: deadline)

        outcome.stored = watch.stored
        outcome.refusedAgain = watch.refusedAgain
        outcome.pending = watch.pending
        outcome.unknown = watch.unknown
        outcome.notFound = start.notFound
        outcome.alreadyReplayed = start.alreadyReplayed
        outcome.hasMore = start.hasMore || !rest.isEmpty
        if outcome.hasMore, case .matching(_, let cursor) = selection {
            outcome.nextCursor = start.letters[..<rest.startIndex].last?.cursor ?? cursor
        }
        return outcome
    }

    /// Queues the next `count` letters, in appends of one queue each; what is queued, or may be, leaves `letters`.
    private func queue(
        _ count: Int, of letters: inout ArraySlice<ReplayStart.Letter>, _ watch: inout ReplayWatch,
        _ outcome: inout ReplayOutcome
    ) async {
        let end = letters.startIndex + count
        while outcome.stop == nil, letters.startIndex < end, let queue = letters.first?.id.queue {
            let part = letters[..<end].prefix(Self.jobsPerAppend).prefix { $0.id.queue == queue }
            let jobs = part.map { NewJob(records: [$0.record], replayKey: $0.id.key) }
            do throws(QueueError) {
                try await append(jobs, queue)
                watch.add(part.map(\.id), isQueued: true)
                outcome.queued += part.count
            } catch {
                outcome.stop = error.code == .full ? .queueFull : .queueUnavailable
                // These may be in the queue: their mark stays, and a worker that meets them tells.
                guard error.code == .outcomeUnknown else { return }
                watch.add(part.map(\.id), isQueued: false)
            }
            letters = letters[part.endIndex...]
        }
    }

    private func takeBack(
        _ letters: ArraySlice<ReplayStart.Letter>, _ watch: inout ReplayWatch, _ outcome: inout ReplayOutcome
    ) async {
        guard !letters.isEmpty else { return }
        do throws(WorkFailure) {
            try await archive.cancelReplay(letters.map(\.id))
            outcome.held = letters.count
        } catch {
            watch.addLost(letters.count)
        }
    }

    /// Looks at the states until every letter has come to its end or the time is over. A look that fails is made again.
    private func follow(_ watch: inout ReplayWatch, until deadline: Duration) async {
        var interval = Self.lookIntervals.first
        while !watch.openIDs.isEmpty {
            let rest = deadline - clock.uptime
            guard rest > .zero else { return }
            do {
                try await clock.sleep(for: min(interval, rest))
            } catch {
                // Nobody waits for the outcome any more; the letters go their way without being watched.
                return
            }
            interval = min(interval * 2, Self.lookIntervals.last)
            if let states = try? await archive.states(of: watch.openIDs) { watch.note(states) }
        }
    }
}

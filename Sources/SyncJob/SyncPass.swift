import Ingest

/// One pass over one shard's windows, as a value: it is told what happened and answers what to do next. It does no I/O
/// and keeps no clock.
///
/// ```
/// begin ─▶ seal ─▶ list ─▶ for each window, oldest first ───────────────────────────────▶ finish
///             ▲              too old, unreadable ─▶ quarantine
///             │              else 16 × (read ─▶ apply, if anything was counted) ─▶ drop
///             └── recover ◀─ the epoch changed, at any step (a bounded number of times)
/// ```
/// A window is dropped only when each of its parts has been applied, by this pass or before it (the ledger says so), or
/// holds nothing. A part that holds nothing needs no ledger row: a rolled-back window holds at any earlier moment no
/// more than it did when sealed. Any failure ends the pass with everything as it is; the next one begins anew.
package struct SyncPass: Sendable {
    /// A store that changes its epoch more often within one pass is left for the next.
    package static let maximumRecoveries = 3
    /// How many waiting windows are looked at, to say how many wait.
    package static let listLimit = 1_000

    private enum Step: Sendable {
        case sealing
        case recovering
        case listing
        case reading(WindowPart)
        case applying(WindowPart)
        case dropping
        case quarantining
        case finished
    }

    private let configuration: SyncConfiguration
    private let sealsFirst: Bool
    private var step = Step.sealing
    private var waiting: ArraySlice<WindowID> = []
    /// Not false once a seal was answered, even by "nothing to seal".
    private var hasSealed = false
    private var recoveries = 0
    private var windowsEnded = 0
    /// Of the window in hand.
    private var partsApplied = 0
    private var partsAlreadyApplied = 0
    private var result = SyncPassResult()

    /// - Parameter seals: whether the interval since the last seal has passed.
    package init(configuration: SyncConfiguration, seals: Bool) {
        self.configuration = configuration
        self.sealsFirst = seals
    }

    /// What to do first.
    package mutating func begin(_ moment: Moment) -> Action {
        if moment.isStopping { return finish(.stopped) }
        return sealOrList()
    }

    /// What to do after the last action came to `event`. After `finish` there is nothing more to do, whatever happens.
    package mutating func next(after event: Event, at moment: Moment) -> Action {
        switch (step, event) {
        case (.finished, _):
            return .finish(result)
        case (_, .failed(let failure)):
            return afterFailure(failure)
        case (.sealing, .sealed):
            hasSealed = true
            result.sealAnswered = true
            return list()
        case (.recovering, .recovered):
            return moment.isStopping ? finish(.stopped) : sealOrList()
        case (.listing, .listed(let windows)):
            waiting = windows[...]
            result.waiting = windows.count
            return nextWindow(moment)
        case (.reading(let part), .read(let fingerprints)):
            guard let window = waiting.first else { return unexpected(event) }
            if fingerprints == 0 { return afterPart(part, of: window, moment) }
            step = .applying(part)
            return .apply(window, part)
        case (.applying(let part), .applied(let outcome)):
            guard let window = waiting.first else { return unexpected(event) }
            switch outcome {
            case .applied(let fingerprints):
                partsApplied += 1
                result.fingerprints += fingerprints
            case .alreadyApplied:
                partsAlreadyApplied += 1
            }
            return afterPart(part, of: window, moment)
        case (.dropping, .dropped):
            if partsApplied == 0, partsAlreadyApplied > 0 {
                result.alreadyApplied += 1
            } else {
                result.applied += 1
            }
            return afterWindow(moment)
        case (.quarantining, .quarantined):
            result.quarantined += 1
            return afterWindow(moment)
        default:
            return unexpected(event)
        }
    }

    private mutating func sealOrList() -> Action {
        guard sealsFirst, !hasSealed else { return list() }
        step = .sealing
        return .seal(maxWaiting: configuration.maximumWaitingWindows)
    }

    private mutating func list() -> Action {
        step = .listing
        return .list(limit: Self.listLimit)
    }

    private mutating func nextWindow(_ moment: Moment) -> Action {
        guard let window = waiting.first else { return finish(.complete) }
        if moment.isStopping { return finish(.stopped) }
        // Looked at between windows only: a pass that gave up within one might never come to its end.
        if windowsEnded >= configuration.maximumWindowsPerPass { return finish(.bounded) }
        if windowsEnded > 0, moment.sinceBegin >= configuration.passTimeLimit { return finish(.bounded) }
        if window.openedMilliseconds < moment.unixMilliseconds - LedgerRetention.milliseconds {
            return quarantine(window, .olderThanLedger)
        }
        partsApplied = 0
        partsAlreadyApplied = 0
        step = .reading(WindowPart.all[0])
        return .read(window, WindowPart.all[0])
    }

    private mutating func afterPart(_ part: WindowPart, of window: WindowID, _ moment: Moment) -> Action {
        let next = Int(part.index) + 1
        guard next < WindowPart.count else {
            step = .dropping
            return .drop(window)
        }
        if moment.isStopping { return finish(.stopped) }
        step = .reading(WindowPart.all[next])
        return .read(window, WindowPart.all[next])
    }

    private mutating func afterWindow(_ moment: Moment) -> Action {
        waiting.removeFirst()
        windowsEnded += 1
        result.waiting = waiting.count
        return nextWindow(moment)
    }

    private mutating func quarantine(_ window: WindowID, _ reason: QuarantineReason) -> Action {
        step = .quarantining
        return .quarantine(window, reason)
    }

    private mutating func afterFailure(_ failure: StoreFailure) -> Action {
        if failure.code == .epochChanged, recoveries < Self.maximumRecoveries {
            recoveries += 1
            step = .recovering
            return .recover
        }
        switch step {
        case .reading:
            // No later pass could read it either, and it would hold up all windows behind it for ever.
            if failure.code == .corrupt, let window = waiting.first { return quarantine(window, .unreadable) }
            result.failed += 1
        case .applying, .dropping, .quarantining:
            result.failed += 1
        case .sealing, .recovering, .listing, .finished:
            break
        }
        return finish(.failed(failure))
    }

    /// The shell answered one action with the event of another: a mistake of ours, not of the stores; the pass ends and
    /// changes nothing more.
    private mutating func unexpected(_ event: Event) -> Action {
        assertionFailure("\(event) in step \(step)")
        return finish(.failed(StoreFailure(.unavailable, "the sync pass lost its way at \(step)")))
    }

    private mutating func finish(_ ending: SyncPassResult.Ending) -> Action {
        step = .finished
        result.ending = ending
        return .finish(result)
    }
}

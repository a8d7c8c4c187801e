extension CountProtocolModel {
    /// Events of the first part; the third event and those after it are in the second.
    private static let firstPart: UInt8 = 0b0011

    func sync(_ state: State, _ path: WritableKeyPath<State, State.Sync>, _ visit: Visit) {
        let sync = state[keyPath: path]
        let window = sync.window
        switch sync.phase {
        case .idle:
            for chosen in 0..<UInt8(16) where state.store.sealed & (1 << chosen) != 0 {
                var next = state
                next[keyPath: path] = State.Sync(phase: .readFirst, window: chosen)
                visit(next, .choose(chosen), true)
            }
            return
        case .readFirst:
            read(state, path, part: 0, visit)
        case .readSecond:
            read(state, path, part: 1, visit)
        case .applyFirst:
            apply(state, path, part: 0, then: mutant == .dropAfterFirstPart ? .drop : .readSecond, visit)
        case .applySecond:
            if mutant == .dropBeforeCommit {
                var next = state
                next.store.drop(window)
                next[keyPath: path].phase = .applySecondAfterDrop
                written(next, .drop(window), visit)
            } else {
                apply(state, path, part: 1, then: .drop, visit)
            }
        case .applySecondAfterDrop:
            apply(state, path, part: 1, then: .idle, visit)
        case .drop:
            var next = state
            next.store.drop(window)
            next[keyPath: path] = .idle
            written(next, .drop(window), visit)
        }
        if state.kills < bounds.kills {
            var next = state
            next.kills += 1
            next[keyPath: path] = .idle
            visit(next, .kill, false)
        }
    }

    /// A part that holds nothing is not applied.
    private func read(_ state: State, _ path: WritableKeyPath<State, State.Sync>, part: UInt8, _ visit: Visit) {
        let window = state[keyPath: path].window
        let events = state.store.events(of: window) & (part == 0 ? Self.firstPart : ~Self.firstPart)
        var next = state
        next[keyPath: path].held = events
        switch (part, events == 0) {
        case (0, true): next[keyPath: path].phase = .readSecond
        case (0, false): next[keyPath: path].phase = .applyFirst
        case (_, true): next[keyPath: path].phase = .drop
        case (_, false): next[keyPath: path].phase = .applySecond
        }
        visit(next, .read(window), true)
    }

    private func apply(
        _ state: State,
        _ path: WritableKeyPath<State, State.Sync>,
        part: UInt8,
        then phase: State.Sync.Phase,
        _ visit: Visit
    ) {
        let sync = state[keyPath: path]
        let ledgerPart = mutant == .ledgerKnowsWindowsOnly ? 0 : part
        let row = UInt32(1) << (UInt32(sync.window) * 2 + UInt32(ledgerPart))
        var done = state
        done[keyPath: path].held = 0
        done[keyPath: path].phase = phase
        if phase == .idle { done[keyPath: path] = .idle }

        if mutant != .noLedger, state.ledger & row != 0 {
            visit(done, .already(sync.window), true)
            return
        }
        done.ledger |= row
        done.isDoubled = state.applied & sync.held != 0
        done.applied |= sync.held
        visit(done, .apply(sync.window), true)

        guard state.errors < bounds.errors else { return }
        var failed = state
        failed.errors += 1
        failed[keyPath: path] = .idle
        // Rolled back, nothing is left of it; committed, the ledger row is.
        if mutant == .commitAfterError { failed.ledger |= row }
        if mutant == .skipsFailedPart { failed[keyPath: path] = State.Sync(phase: phase, window: sync.window) }
        visit(failed, .fail(sync.window), false)
    }
}

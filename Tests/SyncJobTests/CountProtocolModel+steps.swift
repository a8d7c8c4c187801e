extension CountProtocolModel {
    enum Step: CustomStringConvertible {
        case begin
        case admit(UInt8)
        case seal(UInt8)
        case recover, learn, rollBack, forget
        case choose(UInt8)
        case read(UInt8)
        case apply(UInt8)
        case already(UInt8)
        case fail(UInt8)
        case drop(UInt8)
        case kill

        var description: String {
            switch self {
            case .begin: "begin"
            case .admit(let event): "admit event \(event)"
            case .seal(let window): "seal window \(window)"
            case .recover: "recover"
            case .learn: "learn the epoch"
            case .rollBack: "STORE ROLLED BACK"
            case .forget: "ledger row deleted"
            case .choose(let window): "sync takes window \(window)"
            case .read(let window): "sync reads a part of window \(window)"
            case .apply(let window): "sync commits a part of window \(window)"
            case .already(let window): "sync finds a part of window \(window) in the ledger"
            case .fail(let window): "a statement for window \(window) fails"
            case .drop(let window): "sync drops window \(window)"
            case .kill: "sync KILLED"
            }
        }
    }

    /// Told each next state, what led there, and whether it is the protocol's own step (not a fault).
    typealias Visit = (State, Step, Bool) -> Void

    /// Names are 4 for each incarnation: the events run out before they do.
    private static let namesPerIncarnation: UInt8 = 4

    func successors(of state: State, _ visit: Visit) {
        admit(state, visit)
        seal(state, visit)
        recover(state, visit)
        rollBack(state, visit)
        purge(state, visit)
        sync(state, \.syncs.0, visit)
        if bounds.isTwoSyncs { sync(state, \.syncs.1, visit) }
    }

    /// A write to the fast store; the moment after it may be the one a roll-back will bring back.
    func written(_ state: State, _ step: Step, _ visit: Visit) {
        visit(state, step, true)
        guard state.snapshot == nil, state.rollbacks < bounds.rollbacks else { return }
        var marked = state
        marked.snapshot = state.store
        marked.acceptedAtSnapshot = state.accepted
        visit(marked, step, true)
    }

    private func passesFence(_ state: State) -> Bool { mutant == .noFence || state.store.epoch == state.token }

    private func admit(_ state: State, _ visit: Visit) {
        guard state.acceptedCount < bounds.events, passesFence(state) else { return }
        var next = state
        let event = state.acceptedCount
        next.store.set(state.store.events(of: state.store.open) | 1 << event, of: state.store.open)
        next.acceptedCount += 1
        written(next, .admit(event), visit)
    }

    private func seal(_ state: State, _ visit: Visit) {
        guard state.store.events(of: state.store.open) != 0, passesFence(state) else { return }
        var next = state
        sealOpen(&next)
        written(next, .seal(state.store.open), visit)
    }

    /// The open window, which holds something, becomes a sealed one, and the next one of its incarnation is opened.
    private func sealOpen(_ state: inout State) {
        let open = state.store.open
        if mutant == .namedAtSealTime {
            let name = Self.namesPerIncarnation + state.lateNames
            state.lateNames += 1
            state.store.set(state.store.events(of: open), of: name)
            state.store.set(0, of: open)
            state.store.sealed |= 1 << name
        } else {
            state.store.sealed |= 1 << open
            state.store.open = open + 1
        }
    }

    private func recover(_ state: State, _ visit: Visit) {
        if mutant == .staleToken, state.token != state.store.epoch {
            var next = state
            next.token = state.run
            if next != state { visit(next, .learn, true) }
        }
        // What the script compares with: the server's own epoch, or what the caller has known since it began.
        let epoch = mutant == .recoverTrustsCaller ? 0 : state.run
        guard state.store.epoch != epoch, mutant != .noFence else { return }
        var next = state
        next.store.epoch = epoch
        let hasCounts = state.store.events(of: state.store.open) != 0
        if mutant == .recoverForgetsOpenWindow {
            next.store.set(0, of: state.store.open)
        } else if hasCounts {
            sealOpen(&next)
        }
        switch mutant {
        case .recoverKeepsIncarnation, .namedAtSealTime:
            break
        default:
            next.incarnations += 1
            next.store.open = next.incarnations * Self.namesPerIncarnation
        }
        written(next, .recover, visit)
    }

    private func rollBack(_ state: State, _ visit: Visit) {
        guard let snapshot = state.snapshot, state.rollbacks < bounds.rollbacks else { return }
        var next = state
        next.store = snapshot
        next.erased |= state.accepted & ~state.acceptedAtSnapshot
        next.run += 1
        next.rollbacks += 1
        // Connections break and learn the epoch anew before anything else.
        if mutant != .staleToken { next.token = next.run }
        // The same moment may come back once more, or another one, or none.
        if next.rollbacks < bounds.rollbacks { visit(next, .rollBack, false) }
        next.snapshot = nil
        next.acceptedAtSnapshot = 0
        visit(next, .rollBack, false)
    }

    private func purge(_ state: State, _ visit: Visit) {
        guard mutant == .ledgerForgetsTooSoon, state.purges == 0 else { return }
        for row in 0..<UInt32(32) where state.ledger & (1 << row) != 0 {
            var next = state
            next.ledger &= ~(1 << row)
            next.purges += 1
            visit(next, .forget, false)
        }
    }
}

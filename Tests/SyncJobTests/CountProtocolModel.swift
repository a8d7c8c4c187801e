/// An explicit-state model of the counting protocol: fast store, two syncs, ledger and totals, with kills, failed
/// transactions and roll-backs of the fast store at any moment. `check` visits every state within the bounds.
///
/// Every step of a sync (choose, read a part, apply it, drop) is a step of its own here, so that everything may happen
/// between any two.
struct CountProtocolModel {
    /// What is left out or done wrong. Each must be found out.
    enum Mutant: String, CaseIterable {
        /// Nothing records which parts were applied.
        case noLedger
        /// One ledger row for a whole window instead of one for each part.
        case ledgerKnowsWindowsOnly
        /// A ledger row is deleted while its window may still come back.
        case ledgerForgetsTooSoon
        /// A window has no name while it is counted in.
        case namedAtSealTime
        /// Admit and seal do not look at the epoch.
        case noFence
        /// The epoch token outlives its connection.
        case staleToken
        /// Recover records the epoch its caller brings along (known since the process began) instead of asking the
        /// server.
        case recoverTrustsCaller
        /// Recover goes on naming windows where the store left off.
        case recoverKeepsIncarnation
        /// Recover opens a fresh window and forgets what was in the open one.
        case recoverForgetsOpenWindow
        /// The window is dropped before its last part is committed.
        case dropBeforeCommit
        /// The window is dropped when its first part is applied.
        case dropAfterFirstPart
        /// A statement fails and the transaction is committed all the same.
        case commitAfterError
        /// A part that failed is passed over, and the window dropped at the end all the same.
        case skipsFailedPart
    }

    struct Bounds {
        var events: UInt8 = 3
        var rollbacks: UInt8 = 1
        var kills: UInt8 = 1
        var errors: UInt8 = 1
        var isTwoSyncs = true
    }

    enum Verdict: Equatable {
        case clean
        /// An event was added to the totals twice.
        case doubled
        /// Everything is drained and an event that was accepted, and that the fast store did not lose, is not in the
        /// totals.
        case lost
        /// Nothing can go on and not everything is drained.
        case stuck
    }

    struct Outcome {
        var verdict: Verdict
        var states: Int
        /// The steps that lead to the fault.
        var trace: [String]
    }

    typealias State = CountProtocolState

    let mutant: Mutant?
    let bounds: Bounds

    init(_ mutant: Mutant? = nil, bounds: Bounds = Bounds()) {
        self.mutant = mutant
        self.bounds = bounds
    }

    /// Breadth first, so that a trace is a shortest one.
    func check() -> Outcome {
        var states: [State] = []
        var origins: [(parent: Int32, step: Step)] = []
        var seen: Set<State> = []
        func visit(_ state: State, _ parent: Int, _ step: Step) {
            var state = state
            state.order()
            if seen.insert(state).inserted {
                states.append(state)
                origins.append((Int32(parent), step))
            }
        }
        func trace(_ index: Int) -> [String] {
            var steps: [String] = []
            var index = index
            while index >= 0, origins[index].parent >= 0 {
                steps.append(origins[index].step.description)
                index = Int(origins[index].parent)
            }
            return steps.reversed()
        }
        var beginning = State()
        visit(beginning, -1, .begin)
        beginning.snapshot = beginning.store
        visit(beginning, -1, .begin)

        var index = 0
        while index < states.count {
            let state = states[index]
            if state.isDoubled { return Outcome(verdict: .doubled, states: states.count, trace: trace(index)) }
            var moves = false
            successors(of: state) { next, step, isProgress in
                moves = moves || isProgress
                visit(next, index, step)
            }
            if isDrained(state) {
                if state.accepted & ~state.applied & ~state.erased != 0 {
                    return Outcome(verdict: .lost, states: states.count, trace: trace(index))
                }
            } else if !moves {
                return Outcome(verdict: .stuck, states: states.count, trace: trace(index))
            }
            index += 1
        }
        return Outcome(verdict: .clean, states: states.count, trace: [])
    }

    private func isDrained(_ state: State) -> Bool {
        state.acceptedCount == bounds.events && state.store.sealed == 0
            && state.store.events(of: state.store.open) == 0 && state.syncs.0 == .idle && state.syncs.1 == .idle
    }
}

import Fingerprint
import Ingest
import Synchronization

/// The totals and the ledger in memory, shared by all syncs. Keeps account of each single occurrence.
final class DurableStoreFake: Sendable {
    struct Total: Equatable, Sendable {
        var count: UInt64
        var first: Int64
        var last: Int64
    }

    private struct State {
        var totals: [Fingerprint: Total] = [:]
        var ledger: Set<LedgerKey> = []
        var applied: Set<Int> = []
        var violations: [String] = []
    }

    private let state = Mutex(State())
    private let keepsLedger: Bool

    init(keepsLedger: Bool = true) { self.keepsLedger = keepsLedger }

    var totals: [Fingerprint: Total] { state.withLock { $0.totals } }
    var applied: Set<Int> { state.withLock { $0.applied } }
    var violations: [String] { state.withLock { $0.violations } }
    var ledger: Set<LedgerKey> { state.withLock { $0.ledger } }
    func apply(_ key: LedgerKey, _ counts: [WindowCount], of occurrences: [Occurrence]) -> AppliedPart {
        state.withLock { state in
            if counts.isEmpty { state.violations.append("an empty part was applied") }
            if Set(counts) != Set(Occurrence.counts(occurrences)) {
                state.violations.append("not what was read: \(key)")
            }
            if keepsLedger, !state.ledger.insert(key).inserted { return .alreadyApplied }
            for occurrence in occurrences where !state.applied.insert(occurrence.id).inserted {
                state.violations.append("occurrence \(occurrence.id) was applied twice")
            }
            for count in counts {
                let first = count.firstSeenMilliseconds
                let last = count.lastSeenMilliseconds
                let old = state.totals[count.fingerprint] ?? Total(count: 0, first: first, last: last)
                state.totals[count.fingerprint] = Total(
                    count: old.count + count.count,
                    first: min(old.first, first),
                    last: max(old.last, last)
                )
            }
            return .applied(fingerprints: counts.count)
        }
    }
}

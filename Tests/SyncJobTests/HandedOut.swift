import Ingest
import Synchronization

/// Which occurrences one sync was given at its last reading of each part, so that the totals know what they are asked
/// to add.
final class HandedOut: Sendable {
    private let last = Mutex<[LedgerKey: [Occurrence]]>([:])

    func set(_ occurrences: [Occurrence], _ key: LedgerKey) { last.withLock { $0[key] = occurrences } }

    func get(_ key: LedgerKey) -> [Occurrence] { last.withLock { $0[key] ?? [] } }
}

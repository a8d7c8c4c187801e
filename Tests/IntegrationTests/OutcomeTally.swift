import IngestStorage
import Synchronization

/// What became of single reports, added up over many tasks.
final class OutcomeTally: Sendable {
    private let counts = Mutex<[Int: [AdmitOutcome.Group: Int]]>([:])

    /// - Parameter number: of the report, to tell errors apart.
    func add(_ outcome: AdmitOutcome.Group, number: Int = 0) {
        counts.withLock { $0[number, default: [:]][outcome, default: 0] += 1 }
    }

    var accepted: Int { count([.counted, .queued]) }
    var unknown: Int { count([.unknown]) }
    var refused: Int { count([.unavailable, .refusedQueueFull, .refusedTooManyWaiting]) }

    func accepted(_ number: Int) -> UInt64 { UInt64(count([.counted, .queued], of: number)) }
    func unknown(_ number: Int) -> UInt64 { UInt64(count([.unknown], of: number)) }

    private func count(_ outcomes: [AdmitOutcome.Group], of number: Int? = nil) -> Int {
        counts.withLock { counts in
            counts.filter { number == nil || $0.key == number }
                .reduce(0) { sum, entry in outcomes.reduce(sum) { $0 + (entry.value[$1] ?? 0) } }
        }
    }
}

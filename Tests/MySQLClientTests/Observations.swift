import Synchronization

/// What an observer was told.
final class Observations: Sendable {
    private let entries = Mutex<[String]>([])

    func add(_ operation: String, _ succeeded: Bool) {
        entries.withLock { $0.append("\(operation) \(succeeded)") }
    }

    var all: [String] { entries.withLock { $0 } }
}

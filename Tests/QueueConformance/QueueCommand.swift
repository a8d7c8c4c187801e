import QueueCore

/// One random step. The numbers are read modulo what there is, so that any part of a list of commands is a list of
/// commands.
struct QueueCommand: Sendable, CustomStringConvertible {
    enum Kind: String, CaseIterable, Sendable {
        case append, claim, acknowledge, staleAcknowledge, retryLater, promote, reclaim, release, kill, skipTime, extend
    }

    var kind: Kind
    var consumer: Int
    var amount: Int

    var description: String { "\(kind.rawValue)(\(consumer), \(amount))" }

    static func random(skipsTime: Bool, using random: inout SeededRandom) -> QueueCommand {
        while true {
            // Appends and claims more often, or there is nothing to act on.
            let kinds = Kind.allCases + [.append, .append, .claim, .claim, .acknowledge]
            let kind = kinds[Int.random(in: 0..<kinds.count, using: &random)]
            if kind == .skipTime, !skipsTime {
                continue
            }
            return QueueCommand(
                kind: kind,
                consumer: Int.random(in: 0..<3, using: &random),
                amount: Int.random(in: 0..<1_000, using: &random)
            )
        }
    }
}

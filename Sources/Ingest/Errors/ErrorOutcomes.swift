/// What became of one report, in the words of the answer.
public enum ItemOutcome: String, Sendable, CaseIterable {
    /// Counted, durably.
    case accepted
    /// Its event id has been counted before.
    case duplicate
    /// It breaks a rule; sending it again will not help.
    case rejected
    /// The queue is full or the store away: nothing was done, and it may be sent again.
    case refused
    /// Sent to the store, and no answer came: it may have been counted or not.
    case unknown
}

/// What the fast store did with an admission.
public struct ErrorOutcomes: Sendable {
    /// By index of `ErrorAdmission.groups`: of the counted reports of the group.
    public var groups: [ItemOutcome]
    /// By index of `ErrorAdmission.identified`.
    public var identified: [ItemOutcome]

    /// The same outcome for all of it, to be refined.
    public init(of admission: ErrorAdmission, _ outcome: ItemOutcome = .accepted) {
        groups = [ItemOutcome](repeating: outcome, count: admission.groups.count)
        identified = [ItemOutcome](repeating: outcome, count: admission.identified.count)
    }

    /// The outcome of one item of the admission.
    public func outcome(of item: ErrorAdmission.Item) -> ItemOutcome {
        switch item.place {
        case .group(let index): groups[index]
        case .identified(let index): identified[index]
        case .repeated(let index): identified[index] == .accepted ? .duplicate : identified[index]
        case .rejected: .rejected
        }
    }

    /// 503 when something was refused or is unknown and nothing at all was accepted; else 200.
    public func batchStatusCode(for admission: ErrorAdmission) -> Int {
        var isLost = false
        for item in admission.items {
            switch outcome(of: item) {
            case .accepted, .duplicate: return 200
            case .refused, .unknown: isLost = true
            case .rejected: break
            }
        }
        return isLost ? 503 : 200
    }
}

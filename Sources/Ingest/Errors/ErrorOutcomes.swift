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
        ItemOutcome.batchStatusCode(of: admission.items.lazy.map(outcome))
    }
}

public import QueueCore

extension OfferOutcome {
    /// In the words of the answer.
    public var itemOutcome: ItemOutcome {
        switch self {
        case .queued: .accepted
        case .duplicate: .duplicate
        case .refused, .unavailable: .refused
        case .unknown: .unknown
        }
    }
}

/// What the fast store did with an admission.
public struct EventOutcomes: Sendable {
    /// By index of `EventAdmission.records`.
    public var records: [OfferOutcome]

    /// - Parameter records: as many as the admission has, in their order.
    public init(records: [OfferOutcome]) {
        self.records = records
    }

    /// The same outcome for all of it.
    public init(of admission: EventAdmission, _ outcome: OfferOutcome = .queued) {
        records = [OfferOutcome](repeating: outcome, count: admission.records.count)
    }

    /// The outcome of one item of the admission.
    public func outcome(of item: EventAdmission.Item) -> ItemOutcome {
        switch item.place {
        case .record(let index): records[index].itemOutcome
        case .repeated(let index): records[index] == .queued ? .duplicate : records[index].itemOutcome
        case .rejected: .rejected
        }
    }

    /// 503 when something was refused or is unknown and nothing at all was accepted; else 200.
    public func batchStatusCode(for admission: EventAdmission) -> Int {
        ItemOutcome.batchStatusCode(of: admission.items.lazy.map(outcome))
    }
}

import Testing

/// The protocol as built loses and doubles nothing within the bounds; each protocol with one thing wrong is found out.
/// A check that cannot fail proves nothing.
@Suite struct CountProtocolModelTests {
    @Test(arguments: [
        CountProtocolModel.Bounds(),
        CountProtocolModel.Bounds(events: 2, rollbacks: 2),
        CountProtocolModel.Bounds(events: 2, kills: 3, errors: 2),
        CountProtocolModel.Bounds(events: 3, rollbacks: 0, kills: 2, errors: 2),
        CountProtocolModel.Bounds(events: 3, rollbacks: 2, kills: 2, isTwoSyncs: false),
    ])
    func theProtocolIsClean(bounds: CountProtocolModel.Bounds) {
        let outcome = CountProtocolModel(bounds: bounds).check()
        #expect(outcome.verdict == .clean, "\(outcome.trace.joined(separator: "; "))")
        // A model in which hardly anything can happen is clean for the wrong reason.
        #expect(outcome.states > 30_000, "\(outcome.states)")
    }

    @Test(
        arguments: [
            (.noLedger, .doubled), (.ledgerKnowsWindowsOnly, .lost), (.ledgerForgetsTooSoon, .doubled),
            (.namedAtSealTime, .doubled),
            (.noFence, .lost), (.staleToken, .lost), (.recoverTrustsCaller, .stuck), (.recoverKeepsIncarnation, .lost),
            (.recoverForgetsOpenWindow, .lost), (.dropBeforeCommit, .lost), (.dropAfterFirstPart, .lost),
            (.commitAfterError, .lost),
            (.skipsFailedPart, .lost),
        ] as [(CountProtocolModel.Mutant, CountProtocolModel.Verdict)]
    )
    func aMutantIsFoundOut(mutant: CountProtocolModel.Mutant, verdict: CountProtocolModel.Verdict) {
        let outcome = CountProtocolModel(mutant).check()
        #expect(outcome.verdict == verdict, "\(outcome.trace.joined(separator: "; "))")
        #expect(!outcome.trace.isEmpty)
    }

    @Test func everyMutantIsTried() {
        #expect(CountProtocolModel.Mutant.allCases.count == 13)
    }
}

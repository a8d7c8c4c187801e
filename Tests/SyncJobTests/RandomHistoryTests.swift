import SyncJob
import Testing

@Suite struct RandomHistoryTests {
    /// New seeds at every run; a failure names its seed, which alone repeats it.
    @Test func everyOccurrenceIsCountedExactlyOnce() async {
        let first = UInt64.random(in: 0..<UInt64.max / 2)
        for seed in first..<first + 300 {
            var history = RandomHistory(seed: seed)
            let violations = await history.violations(steps: 250)
            #expect(violations.isEmpty, "seed \(seed): \(violations)")
            if !violations.isEmpty { return }
        }
    }

    /// Seeds that are always tried.
    @Test(arguments: 1...20 as ClosedRange<UInt64>)
    func knownSeeds(seed: UInt64) async {
        var history = RandomHistory(seed: seed)
        let violations = await history.violations(steps: 400)
        #expect(violations.isEmpty, "seed \(seed): \(violations)")
    }

    @Test func aStoreWithoutALedgerIsFoundOut() async {
        #expect(await isFoundOut { RandomHistory(seed: $0, keepsLedger: false) })
    }

    @Test func aStoreWithoutAFenceIsFoundOut() async {
        #expect(await isFoundOut { RandomHistory(seed: $0, defect: .fenceIsOpen) })
    }

    private func isFoundOut(_ history: (UInt64) -> RandomHistory) async -> Bool {
        for seed in 1...100 as ClosedRange<UInt64> {
            var history = history(seed)
            if await !history.violations(steps: 250).isEmpty { return true }
        }
        return false
    }
}

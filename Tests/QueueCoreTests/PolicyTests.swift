import QueueCore
import Testing

@Suite("Policies")
struct PolicyTests {
    @Test(
        "the ceiling of a retry doubles up to its cap",
        arguments: [(0, 100), (1, 200), (2, 400), (5, 3_200), (8, 25_600), (9, 30_000), (1_000_000, 30_000), (-1, 100)]
    )
    func ceilings(failures: Int, milliseconds: Int) {
        #expect(RetryPolicy().ceiling(after: failures) == .milliseconds(milliseconds))
    }

    @Test("full jitter uses the whole interval and nothing outside of it", arguments: [0, 3, 12])
    func jitter(failures: Int) {
        let policy = RetryPolicy()
        let ceiling = policy.ceiling(after: failures)
        var random = SeededRandom(seed: 7)
        let delays = (0..<2_000).map { _ in policy.delay(after: failures, using: &random) }
        #expect(delays.allSatisfy { $0 >= .zero && $0 <= ceiling })
        #expect(delays.contains { $0 < ceiling * 0.05 })
        #expect(delays.contains { $0 > ceiling * 0.95 })
    }

    @Test("the breaker trips at the 51st letter in a row, and one stored record begins the count anew")
    func inARow() {
        var breaker = BuryBreaker()
        for _ in 0..<50 { breaker.noteBuried() }
        #expect(!breaker.isTripped)
        var other = breaker
        breaker.noteBuried()
        #expect(breaker.isTripped)
        other.noteStored(1)
        for _ in 0..<49 { other.noteBuried() }
        #expect(!other.isTripped)
    }

    @Test("the breaker trips at 10 % of the last 1,000, and at 100 at the least")
    func share() {
        var breaker = BuryBreaker()
        for _ in 0..<99 {
            breaker.noteBuried()
            breaker.noteStored(3)
        }
        #expect(!breaker.isTripped, "99 of 396 are fewer than 100")
        breaker.noteBuried()
        #expect(breaker.isTripped)

        var slow = BuryBreaker()
        for _ in 0..<1_000 {
            slow.noteBuried()
            slow.noteStored(10)
        }
        #expect(!slow.isTripped, "1 in 11 is less than 10 %")

        var forgetful = BuryBreaker()
        for _ in 0..<99 {
            forgetful.noteBuried()
            forgetful.noteStored(1)
        }
        forgetful.noteStored(1_000)
        forgetful.noteBuried()
        #expect(!forgetful.isTripped, "the 99 are out of the window")
    }

    @Test("a tripped breaker stays so until it is reset")
    func reset() {
        var breaker = BuryBreaker()
        breaker.trip()
        breaker.noteStored(5_000)
        #expect(breaker.isTripped)
        breaker.reset()
        #expect(breaker == BuryBreaker())
        #expect(breaker.isHealthy(stored: 46, buried: 4))
        #expect(!breaker.isHealthy(stored: 45, buried: 5))
        #expect(!breaker.isHealthy(stored: 0, buried: 1))
    }

    @Test("the gate opens after one whole lease without a failure, then once an interval")
    func gate() {
        var gate = ReclaimGate(lease: .seconds(3), interval: .seconds(1.5))
        func turn(_ uptime: Duration) -> Bool { gate.takeTurn(at: uptime) }
        #expect(!turn(.seconds(100)))
        func live(from start: Int, to end: Int) {
            for second in start...end { gate.noteSuccess(at: .seconds(second)) }
        }
        live(from: 100, to: 102)
        #expect(!turn(.seconds(102.9)))
        live(from: 103, to: 103)
        #expect(turn(.seconds(103)))
        #expect(!turn(.seconds(104)))
        #expect(turn(.seconds(104.5)))
        gate.noteFailure()
        #expect(!turn(.seconds(106)))
        live(from: 107, to: 109)
        #expect(!turn(.seconds(109.5)))
        live(from: 110, to: 110)
        #expect(turn(.seconds(110)))
    }

    @Test("a silence longer than a lease closes the gate as well")
    func silence() {
        var gate = ReclaimGate(lease: .seconds(3), interval: .seconds(1))
        func turn(_ uptime: Duration) -> Bool { gate.takeTurn(at: uptime) }
        for second in 0...4 { gate.noteSuccess(at: .seconds(second)) }
        #expect(!turn(.seconds(60)), "nothing was heard since")
        gate.noteSuccess(at: .seconds(60))
        #expect(!turn(.seconds(61)))
        gate.noteSuccess(at: .seconds(62))
        gate.noteSuccess(at: .seconds(63))
        #expect(turn(.seconds(63)))
    }
}

import QueueConformance
import QueueCore
import Testing

@Suite("Queue worker")
struct QueueWorkerTests {
    static let away = WorkFailure(.infrastructure, code: 2_013, message: "lost connection")

    /// Refuses payloads that begin with "bad".
    static func refusesBad(_ record: QueueRecord) -> WorkFailure? {
        record.payload.starts(with: Array("bad".utf8)) ? WorkFailure(.data, code: 1_406, message: "too long") : nil
    }

    @Test("jobs are stored, acknowledged and gone; the worker leaves at the end")
    func plain() async {
        let simulation = Simulation()
        let run = simulation.startWorker()
        simulation.append((0..<1_300).map { Simulation.job("\($0)") })
        simulation.advance(by: .seconds(1))
        #expect(simulation.store.storedCount == 1_300)
        #expect(simulation.store.transactionCount == 3, "500, 500 and 300")
        #expect(simulation.depth == 0)
        #expect(simulation.queue.consumers == ["worker"])
        run.worker.beginShutdown()
        simulation.advance(by: .seconds(2))
        #expect(run.hasEnded.isSet)
        #expect(simulation.queue.consumers.isEmpty)
        #expect(run.worker.condition == .stopped)
        await run.task.value
    }

    @Test("a lone job is stored 50 ms after it came")
    func latency() {
        let simulation = Simulation()
        simulation.startWorker()
        simulation.append("one")
        simulation.advance(by: .milliseconds(49))
        #expect(simulation.store.storedCount == 0)
        simulation.advance(by: .milliseconds(1))
        #expect(simulation.store.storedCount == 1)
    }

    @Test("1 bad in 500: one letter, 499 rows, one transaction")
    func oneBad() {
        let simulation = Simulation(refusal: Self.refusesBad)
        simulation.startWorker()
        simulation.append((0..<499).map { Simulation.job("good \($0)") } + [Simulation.job("bad")])
        simulation.advance(by: .seconds(1))
        let kept = simulation.store.kept
        #expect(kept.stored.count == 499)
        #expect(kept.letters.map(\.record.payload) == [Array("bad-0".utf8)])
        #expect(kept.letters.map(\.reason) == [DeadLetter.Reason.refused])
        #expect(kept.letters.map(\.code) == [1_406])
        #expect(kept.letters.map(\.attempts) == [1])
        #expect(kept.letters.map(\.queue) == ["errors"])
        #expect(simulation.store.transactionCount == 1)
        #expect(simulation.depth == 0)
    }

    @Test(
        "500 bad in 500: refused, given back, then buried by small probes, nothing lost, and the good ones flow again")
    func allBad() {
        let simulation = Simulation(refusal: Self.refusesBad)
        let run = simulation.startWorker()
        simulation.append((0..<500).map { Simulation.job("bad \($0)") })
        simulation.advance(by: .seconds(5))
        #expect(simulation.store.kept.letters.isEmpty)
        #expect(simulation.depth == 500)
        #expect(run.worker.condition == .refusingToBury)
        simulation.advance(by: .seconds(30))
        #expect(simulation.store.kept.letters.count == 50)
        #expect(simulation.advance(atMost: .seconds(30 * 10)) { simulation.depth == 0 })
        simulation.append("good")
        simulation.advance(by: .seconds(31))
        #expect(Set(simulation.store.kept.letters.map(\.record)).count == 500)
        #expect(simulation.store.kept.letters.count == 500)
        #expect(simulation.store.storedCount == 1)
        #expect(run.worker.condition == .working)
    }

    @Test("the store away for ten leases: the leases are kept, nobody dies, everything is stored once")
    func storeAway() {
        let simulation = Simulation()
        let first = simulation.startWorker("first")
        let second = simulation.startWorker("second")
        simulation.store.fromNowOn(.fails(Self.away))
        simulation.append((0..<700).map { Simulation.job("\($0)") })
        simulation.advance(by: .seconds(30))
        #expect(simulation.depth == 700)
        #expect(simulation.store.transactionCount > 5)
        simulation.store.fromNowOn(.fine)
        #expect(simulation.advance(atMost: .seconds(61)) { simulation.depth == 0 })
        #expect(simulation.store.storedCount == 700)
        #expect(simulation.store.kept.offered.values.allSatisfy { $0 == 1 }, "no job changed hands")
        #expect(first.line.count(of: "extend") > 20)
        #expect(second.worker.condition == .working)
        #expect(simulation.store.kept.letters.isEmpty)
    }

    @Test("a transaction longer than the lease keeps its jobs")
    func slowStore() {
        let simulation = Simulation()
        simulation.startWorker("first")
        simulation.startWorker("second")
        simulation.store.script([.takes(.seconds(20))])
        simulation.append("slow")
        simulation.advance(by: .seconds(25))
        #expect(simulation.store.kept.offered == [Array("slow-0".utf8): 1])
        #expect(simulation.depth == 0)
    }

    @Test("infrastructure in the middle of a bisection: rolled back, the same batch again, buried once")
    func brokenBisection() {
        let simulation = Simulation(refusal: Self.refusesBad)
        simulation.startWorker()
        simulation.store.script([.breaksAfter(records: 120, Self.away)])
        simulation.append((0..<250).map { Simulation.job("good \($0)") } + [Simulation.job("bad")])
        simulation.advance(by: .seconds(5))
        #expect(simulation.store.storedCount == 250)
        #expect(simulation.store.kept.letters.count == 1)
        #expect(simulation.store.kept.letters.map(\.attempts) == [2])
        #expect(simulation.depth == 0)
    }

    @Test("commit done, its answer lost: the batch is run again and stores nothing twice")
    func commitAnswerLost() {
        let simulation = Simulation()
        simulation.startWorker()
        simulation.store.script([.commitsButFails(Self.away)])
        simulation.append("once", records: 10)
        simulation.advance(by: .seconds(5))
        #expect(simulation.store.transactionCount == 2)
        #expect(Set(simulation.store.kept.offered.values) == [2])
        #expect(Set(simulation.store.kept.stored.values) == [1])
        #expect(simulation.depth == 0)
    }

    @Test("killed between commit and acknowledge: redelivered, stored once, one death")
    func killedBeforeAcknowledge() {
        let simulation = Simulation()
        let first = simulation.startWorker("first")
        simulation.append("once", records: 10)
        // The line is cut after the claim: the batch is committed and cannot be acknowledged.
        first.line.isDown = true
        simulation.advance(by: .milliseconds(200))
        #expect(simulation.store.transactionCount == 1)
        #expect(simulation.depth == 10)
        simulation.kill(first)
        simulation.startWorker("second")
        #expect(simulation.advance(atMost: .seconds(10)) { simulation.depth == 0 })
        #expect(Set(simulation.store.kept.offered.values) == [2])
        #expect(Set(simulation.store.kept.stored.values) == [1])
        #expect(simulation.store.kept.letters.isEmpty)
    }

    @Test("an acknowledge whose answer is lost is repeated and harmless")
    func acknowledgeAnswerLost() {
        let simulation = Simulation()
        let run = simulation.startWorker()
        run.line.withState { $0.lostAcknowledges = 3 }
        simulation.append("once", records: 10)
        simulation.advance(by: .seconds(10))
        #expect(run.line.count(of: "acknowledge") == 4)
        #expect(simulation.store.transactionCount == 1)
        #expect(simulation.depth == 0)
        simulation.append("next")
        simulation.advance(by: .seconds(1))
        #expect(simulation.store.storedCount == 11)
    }

    @Test("a frozen worker whose jobs were taken over acknowledges nothing of them and goes on")
    func frozen() {
        let simulation = Simulation()
        let frozen = simulation.startWorker("frozen")
        simulation.store.script([.takes(.seconds(30))])
        simulation.append("moved", records: 5)
        simulation.advance(by: .milliseconds(60))
        simulation.kill(frozen)
        simulation.startWorker("second")
        simulation.advance(by: .seconds(20))
        #expect(simulation.depth == 0)
        #expect(simulation.store.storedCount == 5)
        // It wakes up again in the middle of its transaction.
        for _ in 0..<20 {
            frozen.executor.runUntilIdle()
            simulation.advance(by: .seconds(1))
        }
        simulation.append("new")
        for _ in 0..<5 {
            frozen.executor.runUntilIdle()
            simulation.advance(by: .seconds(1))
        }
        #expect(Set(simulation.store.kept.stored.values) == [1])
        #expect(simulation.store.storedCount == 6)
        #expect(simulation.depth == 0)
        #expect(frozen.line.count(of: "acknowledge") <= 1, "nothing of the moved batch is acknowledged")
    }

    @Test("a payload that kills its worker: others flow, it runs alone after 3 deaths and is buried after 3 alone")
    func poison() {
        let poison = Array("poison-0".utf8)
        let crashes = CrashCount()
        let simulation = Simulation { record in
            guard record.payload == poison else { return nil }
            crashes.add()
            return Self.away
        }
        simulation.append((0..<20).map { Simulation.job("early \($0)") } + [Simulation.job("poison")])
        var lives = 0
        while lives < 20 {
            let run = simulation.startWorker("life \(lives)")
            simulation.append("late \(lives)")
            lives += 1
            let before = crashes.value
            guard simulation.advance(atMost: .seconds(12), until: { crashes.value > before }) else { break }
            // The store was about to take the poison: the process is gone.
            simulation.kill(run)
        }
        #expect(lives == 7)
        let kept = simulation.store.kept
        #expect(kept.letters.map(\.record.payload) == [poison])
        #expect(kept.letters.map(\.reason) == [DeadLetter.Reason.crashed])
        #expect(kept.letters.map(\.attempts) == [6])
        #expect(kept.stored.count == 20 + lives, "all others are stored")
        #expect(simulation.depth == 0)
    }

    @Test("the queue away for ten leases is nobody's death")
    func queueAway() {
        let simulation = Simulation()
        let runs = ["first", "second", "idle"].map { simulation.startWorker($0) }
        simulation.store.fromNowOn(.fails(Self.away))
        simulation.append((0..<600).map { Simulation.job("\($0)") })
        simulation.advance(by: .seconds(5))
        for run in runs { run.line.isDown = true }
        simulation.advance(by: .seconds(30))
        for run in runs { run.line.isDown = false }
        simulation.advance(by: .seconds(10))
        #expect(runs[2].line.count(of: "reclaim") > 2, "the idle one looks for jobs to take over")
        simulation.store.fromNowOn(.fine)
        #expect(simulation.advance(atMost: .seconds(61)) { simulation.depth == 0 })
        #expect(simulation.store.storedCount == 600)
        #expect(Set(simulation.store.kept.offered.values) == [1], "no job was taken over")
    }

    @Test("the queue away: backs off and comes back by itself")
    func queueBack() {
        let simulation = Simulation()
        let run = simulation.startWorker()
        run.line.isDown = true
        simulation.advance(by: .seconds(60))
        #expect(run.worker.condition == .queueUnavailable)
        #expect(run.line.count(of: "claim") < 400, "no busy loop")
        run.line.isDown = false
        simulation.append("back")
        simulation.advance(by: .seconds(2))
        #expect(simulation.store.storedCount == 1)
        #expect(run.worker.condition == .working)
    }

    @Test("configuration: claims nothing, buries nothing, probes each 30 s and recovers")
    func misconfigured() {
        let simulation = Simulation()
        let run = simulation.startWorker()
        simulation.store.fromNowOn(.fails(WorkFailure(.configuration, code: 1_146, message: "no such table")))
        simulation.append("first", records: 600)
        simulation.append("second", records: 10)
        simulation.advance(by: .seconds(100))
        #expect(run.worker.condition == .misconfigured)
        #expect(simulation.store.transactionCount == 4, "at once and after 30, 60 and 90 s")
        #expect(simulation.store.kept.letters.isEmpty)
        simulation.store.fromNowOn(.fine)
        simulation.advance(by: .seconds(31))
        #expect(simulation.store.storedCount == 610)
        #expect(simulation.depth == 0)
    }

    @Test("an unknown code is kept and tried again")
    func unknownCode() {
        let simulation = Simulation()
        simulation.startWorker()
        simulation.store.script([.fails(WorkFailure(.infrastructure, code: 9_999, message: "?", unknownCode: true))])
        simulation.append("kept")
        simulation.advance(by: .seconds(1))
        #expect(simulation.store.storedCount == 1)
        #expect(simulation.store.kept.letters.isEmpty)
    }

    @Test("an unknown version rests 60 s at a time and is never buried")
    func unknownVersion() {
        let simulation = Simulation()
        let run = simulation.startWorker()
        simulation.append([Simulation.job("future", version: 7), Simulation.job("now")])
        simulation.advance(by: .seconds(200))
        #expect(simulation.store.storedCount == 1)
        #expect(simulation.store.kept.letters.isEmpty)
        #expect(simulation.depth == 1)
        #expect(run.line.count(of: "retryLater") == 4)
    }

    @Test("a replayed letter is marked in the transaction that stores it, and not when it is refused again")
    func replay() {
        let simulation = Simulation(refusal: Self.refusesBad)
        simulation.startWorker()
        var good = Simulation.job("good")
        good.replayKey = [1]
        var bad = Simulation.job("bad")
        bad.replayKey = [2]
        simulation.append([good, bad])
        simulation.advance(by: .seconds(1))
        #expect(simulation.store.kept.replayed == [[1]])
        #expect(simulation.store.kept.letters.map(\.replayKey) == [[2]])
    }

    @Test("random faults and kills: everything accepted is stored exactly once", arguments: 1...30)
    func chaos(seed: Int) {
        let simulation = Simulation(refusal: Self.refusesBad)
        var random = SeededRandom(seed: UInt64(seed))
        var appended = 0
        var lives = 0
        var workers: [Simulation.Running] = []
        for _ in 0..<60 {
            while workers.count < 2 {
                lives += 1
                workers.append(simulation.startWorker("life \(lives)"))
            }
            let fault = Int.random(in: 0..<12, using: &random)
            switch fault {
            case 0: simulation.kill(workers.remove(at: Int.random(in: 0..<2, using: &random)))
            case 1: workers[0].line.isDown.toggle()
            case 2: simulation.store.script([.fails(Self.away), .commitsButFails(Self.away)])
            case 3: simulation.store.script([.takes(.seconds(5)), .breaksAfter(records: 3, Self.away)])
            case 4: workers[0].line.withState { $0.lostAcknowledges = 2 }
            case 5: simulation.clock.jumpWallClock(byMilliseconds: Bool.random(using: &random) ? 3_600_000 : -3_600_000)
            case 6: workers.removeLast().worker.beginShutdown()
            default:
                appended += 1
                let isBad = Int.random(in: 0..<20, using: &random) == 0
                simulation.append(
                    "\(isBad ? "bad" : "good") \(appended)", records: Int.random(in: 1...40, using: &random))
            }
            simulation.advance(by: .milliseconds(Int.random(in: 0...3_000, using: &random)))
        }
        for worker in workers { worker.line.isDown = false }
        simulation.store.script([])
        #expect(simulation.advance(atMost: .seconds(600)) { simulation.depth == 0 }, "seed \(seed)")
        let kept = simulation.store.kept
        let refused = Set(kept.letters.map(\.record.payload))
        #expect(refused.allSatisfy { $0.starts(with: Array("bad".utf8)) }, "seed \(seed): only the bad are buried")
        #expect(refused.isDisjoint(with: kept.stored.keys), "seed \(seed)")
        #expect(kept.stored.count + refused.count == simulation.appendedRecords, "seed \(seed)")
    }
}

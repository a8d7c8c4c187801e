import QueueConformance
import QueueCore
import Testing

@Suite("Dead letter replayer")
struct DeadLetterReplayerTests {
    private static let all = DeadLetterSelection.matching(DeadLetterFilter())

    private static func refusesBad(_ record: QueueRecord) -> WorkFailure? {
        record.payload.starts(with: Array("bad".utf8)) ? WorkFailure(.data, code: 1_406, message: "too long") : nil
    }

    private static func named(_ keys: String...) -> DeadLetterSelection {
        .letters(keys.map { DeadLetterID(queue: "errors", key: Array($0.utf8)) })
    }

    private static func names(_ prefix: String, _ count: Int) -> [String] {
        (0..<count).map { "\(prefix) \($0)" }
    }

    @Test("a poison letter comes back dead with one more attempt; once it is mended it is stored once")
    func poisonThenMended() throws {
        let simulation = ReplaySimulation()
        simulation.archive.refuse(Self.refusesBad)
        simulation.startWorker()
        simulation.append(["good", "bad"])
        simulation.advance(by: .seconds(1))
        #expect(simulation.archive.letter("bad")?.attempts == 1)

        let refused = try #require(simulation.replay(Self.named("bad")))
        #expect(refused.queued == 1)
        #expect(refused.refusedAgain == 1)
        #expect(refused.stored == 0)
        #expect(!refused.isComplete)
        let letter = try #require(simulation.archive.letter("bad"))
        #expect(letter.state == .dead)
        #expect(letter.attempts == 2)
        #expect(letter.lastFailedMilliseconds > letter.firstFailedMilliseconds)
        simulation.advance(by: .seconds(120))
        #expect(simulation.archive.letter("bad")?.attempts == 2, "nobody replays it again by himself")

        simulation.archive.refuse { _ in nil }
        let stored = try #require(simulation.replay(Self.named("bad")))
        #expect(stored.stored == 1)
        #expect(stored.isComplete)
        #expect(simulation.archive.letter("bad")?.state == .replayed)
        #expect(simulation.archive.stored == [Array("good".utf8): 1, Array("bad".utf8): 1])

        let again = try #require(simulation.replay(Self.named("bad", "nobody")))
        #expect(again.queued == 0)
        #expect(again.alreadyReplayed == 1)
        #expect(again.notFound == 1)
        #expect(simulation.archive.stored[Array("bad".utf8)] == 1)
    }

    @Test("many: the first few go ahead, then all")
    func many() throws {
        let simulation = ReplaySimulation()
        simulation.startWorker()
        simulation.archive.put(Self.names("letter", 1_200))
        let outcome = try #require(simulation.replay(Self.all))
        #expect(outcome.queued == 1_000)
        #expect(outcome.stored == 1_000)
        #expect(outcome.isComplete)
        #expect(outcome.hasMore)
        let rest = try #require(simulation.replay(.matching(DeadLetterFilter(), after: outcome.nextCursor)))
        #expect(rest.stored == 200)
        #expect(!rest.hasMore)
        #expect(rest.nextCursor == nil)
        #expect(simulation.archive.stored.count == 1_200)
        #expect(simulation.archive.stored.values.allSatisfy { $0 == 1 })
    }

    @Test("when the first few are refused the rest stays dead, and the worker does not stop")
    func trialFails() throws {
        let simulation = ReplaySimulation()
        simulation.archive.refuse(Self.refusesBad)
        simulation.startWorker()
        simulation.archive.put(Self.names("bad", 500))
        let outcome = try #require(simulation.replay(Self.all))
        #expect(outcome.stop == .refusedAgain)
        #expect(outcome.queued == 20)
        #expect(outcome.refusedAgain == 20)
        #expect(outcome.held == 480)
        #expect(outcome.hasMore)
        #expect(simulation.archive.letterStates.values.allSatisfy { $0 == .dead })
        simulation.append(["good"])
        simulation.advance(by: .seconds(1))
        #expect(simulation.archive.stored == [Array("good".utf8): 1])
    }

    @Test("who follows the cursor over poison letters meets each once")
    func noLoop() throws {
        let simulation = ReplaySimulation()
        simulation.archive.refuse(Self.refusesBad)
        simulation.startWorker()
        simulation.archive.put(Self.names("bad", 50))
        var cursor: DeadLetterCursor?
        var queued = 0
        for _ in 0..<3 {
            let outcome = try #require(simulation.replay(.matching(DeadLetterFilter(), after: cursor)))
            queued += outcome.queued
            cursor = outcome.nextCursor
            // Good ones between, so that the worker's breaker has nothing to say.
            simulation.append(Self.names("good", 1_000))
            simulation.advance(by: .seconds(1))
        }
        #expect(queued == 50)
        #expect(cursor == nil)
        #expect((0..<50).allSatisfy { simulation.archive.letter("bad \($0)")?.attempts == 2 })
    }

    @Test("a full queue: what was not appended is dead again")
    func fullQueue() throws {
        let simulation = ReplaySimulation(limits: QueueLimits(maxRecords: 50))
        simulation.archive.put(Self.names("letter", 100))
        let outcome = try #require(simulation.replay(Self.all, watch: .zero))
        #expect(outcome.stop == .queueFull)
        #expect(outcome.queued == 40)
        #expect(outcome.pending == 40)
        #expect(outcome.held == 60)
        let states = simulation.archive.letterStates
        #expect(states.values.count { $0 == .replaying } == 40)
        #expect(states.values.count { $0 == .dead } == 60)
        simulation.startWorker()
        simulation.advance(by: .seconds(1))
        let rest = try #require(
            simulation.replay(.matching(DeadLetterFilter(), after: outcome.nextCursor), watch: .zero))
        #expect(rest.stop == .queueFull)
        simulation.advance(by: .seconds(1))
        _ = simulation.replay(Self.all)
        #expect(simulation.archive.stored.count == 100)
        #expect(simulation.archive.stored.values.allSatisfy { $0 == 1 })
    }

    @Test(
        "a queue that is away: nothing is queued, everything is dead again",
        arguments: [QueueError.Code.unavailable, .unsupported])
    func queueAway(code: QueueError.Code) throws {
        let simulation = ReplaySimulation()
        simulation.archive.put(Self.names("letter", 3))
        simulation.failNextAppend(QueueError(code, "away"))
        let outcome = try #require(simulation.replay(Self.all))
        #expect(outcome.stop == .queueUnavailable)
        #expect(outcome.queued == 0)
        #expect(outcome.held == 3)
        #expect(simulation.archive.letterStates.values.allSatisfy { $0 == .dead })
    }

    @Test(
        "a lost answer: the letter stays marked and may be replayed again; it is stored once for each job",
        arguments: [true, false])
    func lostAnswer(isDone: Bool) throws {
        let simulation = ReplaySimulation()
        simulation.archive.put(["letter"])
        simulation.failNextAppend(QueueError(.outcomeUnknown, "lost"), isDone: isDone)
        let outcome = try #require(simulation.replay(Self.all, watch: .seconds(1)))
        #expect(outcome.unknown == 1)
        #expect(outcome.held == 0)
        #expect(outcome.stop == .queueUnavailable)
        #expect(simulation.archive.letter("letter")?.state == .replaying)
        simulation.startWorker()
        let again = try #require(simulation.replay(Self.named("letter")))
        #expect(again.queued + again.alreadyReplayed == 1)
        #expect(simulation.archive.letter("letter")?.state == .replayed)
    }

    @Test("nobody works: pending when the time is over, and stored later")
    func noWorker() throws {
        let simulation = ReplaySimulation()
        simulation.archive.put(["one", "two"])
        let before = simulation.clock.uptime
        let outcome = try #require(simulation.replay(Self.all, watch: .seconds(3)))
        #expect(outcome.pending == 2)
        #expect(!outcome.isComplete)
        #expect(simulation.clock.uptime - before < .seconds(4))
        simulation.startWorker()
        simulation.advance(by: .seconds(1))
        #expect(simulation.archive.letterStates == ["one": .replayed, "two": .replayed])
    }

    @Test("nobody works on the first few in time: the rest is not queued")
    func trialPending() throws {
        let simulation = ReplaySimulation()
        simulation.archive.put(Self.names("letter", 30))
        let outcome = try #require(simulation.replay(Self.all, watch: .seconds(1)))
        #expect(outcome.stop == .notWorkedInTime)
        #expect(outcome.pending == 20)
        #expect(outcome.held == 10)
    }

    @Test("a look at the states that fails is made again; an archive that is away queues nothing")
    func archiveAway() throws {
        let simulation = ReplaySimulation()
        simulation.archive.put(["one"])
        simulation.archive.failNext(1)
        let running = simulation.startReplay(Self.all)
        simulation.advance(by: .seconds(1))
        #expect(running.failure?.class == .infrastructure)
        #expect(simulation.archive.letter("one")?.state == .dead)

        let second = simulation.startReplay(Self.all)
        simulation.archive.failNext(2)
        simulation.startWorker()
        simulation.advance(by: .seconds(2))
        #expect(second.outcome?.stored == 1)
    }

    @Test("a mark that cannot be taken back leaves the letter to be replayed again")
    func markStays() throws {
        let simulation = ReplaySimulation()
        simulation.archive.put(["one"])
        simulation.archive.failNextCancel()
        simulation.failNextAppend(.full)
        let outcome = try #require(simulation.replay(Self.all))
        #expect(outcome.unknown == 1)
        #expect(outcome.held == 0)
        #expect(simulation.archive.letter("one")?.state == .replaying)
        simulation.startWorker()
        let stuck = DeadLetterSelection.matching(DeadLetterFilter(state: .replaying))
        #expect(simulation.replay(stuck)?.stored == 1)
    }

    @Test("cursors are read back as they were written", arguments: ["errors", "a.b.c", "events"])
    func cursors(queue: String) {
        let cursor = DeadLetterCursor(
            lastFailedMilliseconds: 1_767_225_600_123, id: DeadLetterID(queue: queue, key: [0, 255, 46]))
        #expect(DeadLetterCursor(text: cursor.text) == cursor)
    }

    @Test(
        "what is no cursor is none",
        arguments: [
            "", ".", "1.00", "1..errors", "x.00.errors", "1.0.errors", "1.0g.errors", "1.00.",
            "9999999999999999.00.errors",
        ])
    func noCursors(text: String) {
        #expect(DeadLetterCursor(text: text) == nil)
    }
}

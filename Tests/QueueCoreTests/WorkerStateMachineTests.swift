import QueueCore
import Testing

@Suite("Worker state machine")
struct WorkerStateMachineTests {
    /// A class, so that `#expect` may hold it while it moves.
    final class Player {
        var machine = WorkerStateMachine()
        var random = SeededRandom(seed: 3)
        var uptime = Duration.zero

        func play(_ event: WorkerEvent) throws -> WorkerAction {
            try machine.handle(event, at: uptime, using: &random)
        }
    }

    static func job(_ name: String, records: Int = 1, deaths: Int = 0, version: Int = 1, damage: String? = nil) -> Job {
        let records = (0..<records).map { QueueRecord(payload: Array("\(name)-\($0)".utf8)) }
        return Job(
            id: JobID(name),
            version: version,
            records: records,
            byteCount: JobFormat.byteCount(of: records),
            deaths: deaths,
            enqueuedAtMilliseconds: 0,
            damage: damage
        )
    }

    static let full = job("full", records: 500)
    static let result = BatchResult(storedCount: 500, buriedCounts: [:], codes: [], breaker: BuryBreaker())
    static let away = WorkFailure(.infrastructure, code: 2_013, message: "lost connection")

    /// A player in each state, by its name.
    static func player(in state: String) throws -> Player {
        let player = Player()
        if state == "ready" { return player }
        _ = try player.play(.started)
        switch state {
        case "puttingAside": _ = try player.play(.claimed([full, job("new", version: 2)]))
        case "running": _ = try player.play(.claimed([full]))
        case "acknowledging":
            _ = try player.play(.claimed([full]))
            _ = try player.play(.stored(result))
        case "resting": _ = try player.play(.claimFailed)
        case "stopped":
            player.machine.beginShutdown()
            _ = try player.play(.claimed([]))
        default: break
        }
        return player
    }

    static let events: [(name: String, event: WorkerEvent)] = [
        ("started", .started), ("claimed", .claimed([])), ("claimFailed", .claimFailed), ("putAside", .putAside),
        ("putAsideFailed", .putAsideFailed), ("stored", .stored(result)), ("failed", .failed(away)),
        ("refused", .refused),
        ("abandoned", .abandoned), ("acknowledged", .acknowledged), ("acknowledgeFailed", .acknowledgeFailed),
        ("rested", .rested(held: [])),
    ]

    @Test(
        "each state takes its own events and names any other",
        arguments: [
            ("ready", ["started"]), ("claiming", ["claimed", "claimFailed"]),
            ("puttingAside", ["putAside", "putAsideFailed"]),
            ("running", ["stored", "failed", "refused", "abandoned"]),
            ("acknowledging", ["acknowledged", "acknowledgeFailed"]), ("resting", ["rested"]), ("stopped", []),
        ]
    )
    func transitions(state: String, legal: [String]) throws {
        for (name, event) in Self.events {
            let player = try Self.player(in: state)
            #expect(player.machine.stateName == state)
            if legal.contains(name) {
                #expect(throws: Never.self) { try player.play(event) }
            } else {
                #expect(throws: IllegalTransition(state: state, event: name)) { try player.play(event) }
                #expect(player.machine.stateName == state, "an illegal event changes nothing")
            }
        }
    }

    @Test("a full batch runs at once; a small one waits for more, at most 50 ms from its first job")
    func gathering() throws {
        let player = Player()
        #expect(
            try player.play(.started)
                == .claim(maxRecords: 500, maxBytes: 1_048_576, wait: .seconds(1), mayReclaim: true)
        )
        let small = Self.job("small", records: 2)
        #expect(
            try player.play(.claimed([small]))
                == .claim(
                    maxRecords: 498, maxBytes: 1_048_576 - small.byteCount, wait: .milliseconds(50), mayReclaim: false)
        )
        player.uptime += .milliseconds(30)
        let more = Self.job("more", records: 3)
        guard case .claim(495, _, let wait, false) = try player.play(.claimed([more])) else {
            Issue.record("no second claim")
            return
        }
        #expect(wait == .milliseconds(20))
        player.uptime += .milliseconds(20)
        #expect(try player.play(.claimed([])) == .run(Batch(jobs: [small, more])))

        let other = try Self.player(in: "claiming")
        #expect(try other.play(.claimed([Self.full])) == .run(Batch(jobs: [Self.full])))
    }

    @Test("what is gathered runs even if the queue goes away")
    func gatheredAndCut() throws {
        let player = try Self.player(in: "claiming")
        let small = Self.job("small")
        _ = try player.play(.claimed([small]))
        #expect(try player.play(.claimFailed) == .run(Batch(jobs: [small])))
    }

    @Test("an unknown version is put away for 60 s, the rest runs")
    func unknownVersion() throws {
        let player = try Self.player(in: "claiming")
        let new = Self.job("new", version: 2)
        #expect(
            try player.play(.claimed([new, Self.full])) == .putAside(PutAside(postpone: [new], delay: .seconds(60))))
        #expect(try player.play(.putAside) == .run(Batch(jobs: [Self.full])))
    }

    @Test("3 deaths: alone, everything else given back; then small claims that double")
    func suspect() throws {
        let player = try Self.player(in: "claiming")
        let (one, two, suspect) = (Self.job("one"), Self.job("two"), Self.job("suspect", deaths: 3))
        guard case .putAside(let aside) = try player.play(.claimed([one, suspect, two])) else {
            Issue.record("nothing given back")
            return
        }
        #expect(aside.release == [one, two])
        #expect(try player.play(.putAside) == .run(Batch(jobs: [suspect])))
        _ = try player.play(.stored(Self.result))
        var limits: [Int] = []
        for _ in 0..<11 {
            guard case .claim(let limit, _, _, _) = try player.play(.acknowledged) else {
                Issue.record("no claim")
                return
            }
            limits.append(limit)
            if limit == 500 { break }
            #expect(try player.play(.claimed([one])) == .run(Batch(jobs: [one])))
            _ = try player.play(.stored(Self.result))
        }
        #expect(limits == [1, 2, 4, 8, 16, 32, 64, 128, 256, 500])
    }

    @Test(
        "deaths decide what becomes of a job",
        arguments: [
            (0, false, false), (2, false, false), (3, true, false), (5, true, false), (6, true, true), (9, true, true),
        ]
    )
    func deaths(count: Int, alone: Bool, buried: Bool) throws {
        let player = try Self.player(in: "claiming")
        let marked = Self.job("marked", records: 250, deaths: count)
        let other = Self.job("other", records: 250)
        var action = try player.play(.claimed([other, marked]))
        if alone {
            #expect(action == .putAside(PutAside(release: [other], delay: .seconds(60))))
            action = try player.play(.putAside)
        }
        let purpose: Batch.Purpose = buried ? .bury(reason: DeadLetter.Reason.crashed) : .store
        #expect(action == .run(Batch(jobs: alone ? [marked] : [other, marked], purpose: purpose)))
    }

    @Test("a job that is none is buried alone")
    func damage() throws {
        let player = try Self.player(in: "claiming")
        let damaged = Self.job("damaged", damage: "cut off")
        #expect(
            try player.play(.claimed([damaged]))
                == .run(Batch(jobs: [damaged], purpose: .bury(reason: DeadLetter.Reason.undecodable)))
        )
    }

    @Test("infrastructure: the same batch again after full jitter, without what was lost meanwhile")
    func infrastructure() throws {
        let player = try Self.player(in: "claiming")
        let (kept, lost) = (Self.job("kept", records: 250), Self.job("lost", records: 250))
        _ = try player.play(.claimed([kept, lost]))
        for failures in 0..<12 {
            guard case .rest(let rest) = try player.play(.failed(Self.away)) else {
                Issue.record("no rest")
                return
            }
            #expect(rest.reason == .storeUnavailable)
            #expect(rest.duration <= RetryPolicy().ceiling(after: failures))
            #expect(
                try player.play(.rested(held: [kept.id])) == .run(Batch(jobs: [kept], failures: failures + 1)))
        }
        _ = try player.play(.failed(Self.away))
        guard case .claim = try player.play(.rested(held: [])) else {
            Issue.record("a batch with nothing in it was run")
            return
        }
    }

    @Test("configuration: no claim, the same batch as a probe each 30 s")
    func configuration() throws {
        let player = try Self.player(in: "running")
        let failure = WorkFailure(.configuration, code: 1_146, message: "no such table")
        for failures in 1...3 {
            #expect(try player.play(.failed(failure)) == .rest(WorkerRest(.seconds(30), reason: .misconfigured)))
            #expect(player.machine.condition == .misconfigured)
            #expect(
                try player.play(.rested(held: [Self.full.id])) == .run(Batch(jobs: [Self.full], failures: failures)))
        }
        #expect(try player.play(.stored(Self.result)) == .acknowledge([Self.full]))
        guard case .claim = try player.play(.acknowledged) else {
            Issue.record("no claim after the mending")
            return
        }
    }

    @Test("the breaker: jobs given back, 30 s of rest, one small probe that may bury, closed by a healthy one")
    func breaker() throws {
        let player = try Self.player(in: "running")
        #expect(try player.play(.refused) == .putAside(PutAside(release: [Self.full])))
        let rest = WorkerAction.rest(WorkerRest(.seconds(30), reason: .refusingToBury))
        #expect(try player.play(.putAside) == rest)
        guard case .claim(50, _, _, true) = try player.play(.rested(held: [])) else {
            Issue.record("no small claim")
            return
        }
        let probe = Self.job("probe")
        #expect(try player.play(.claimed([probe])) == .run(Batch(jobs: [probe], isProbe: true)))
        var bad = BatchResult(
            storedCount: 0, buriedCounts: ["refused": 1], codes: [1_406], breaker: player.machine.breaker)
        #expect(try player.play(.stored(bad)) == .acknowledge([probe]))
        #expect(try player.play(.acknowledged) == rest, "a sick probe leaves it open")
        _ = try player.play(.rested(held: []))
        _ = try player.play(.claimed([probe]))
        bad.buriedCounts = [:]
        bad.storedCount = 1
        _ = try player.play(.stored(bad))
        guard case .claim(500, _, _, true) = try player.play(.acknowledged) else {
            Issue.record("the breaker is still open")
            return
        }
        #expect(player.machine.condition == .working)
    }

    @Test("the queue away: backoff from 50 ms to 1 s, for as long as it takes")
    func queueAway() throws {
        let player = try Self.player(in: "claiming")
        for failures in 0..<100 {
            guard case .rest(let rest) = try player.play(.claimFailed) else {
                Issue.record("no rest")
                return
            }
            #expect(rest.reason == .queueUnavailable)
            #expect(rest.duration <= RetryPolicy(base: .milliseconds(50), cap: .seconds(1)).ceiling(after: failures))
            guard case .claim = try player.play(.rested(held: [])) else {
                Issue.record("no claim")
                return
            }
        }
    }

    @Test("an acknowledge that fails is repeated, the batch is not run again")
    func acknowledgeAgain() throws {
        let player = try Self.player(in: "acknowledging")
        guard case .rest = try player.play(.acknowledgeFailed) else {
            Issue.record("no rest")
            return
        }
        #expect(try player.play(.rested(held: [Self.full.id])) == .acknowledge([Self.full]))
    }

    @Test(
        "shutdown: nothing new, what is open is given back, what is stored is acknowledged",
        arguments: ["claiming", "puttingAside", "running", "acknowledging", "resting"]
    )
    func shutdown(state: String) throws {
        let player = try Self.player(in: state)
        player.machine.beginShutdown()
        switch state {
        case "claiming":
            #expect(try player.play(.claimed([Self.full])) == .putAside(PutAside(release: [Self.full])))
            #expect(try player.play(.putAside) == .stop)
        case "puttingAside":
            #expect(try player.play(.putAside) == .putAside(PutAside(release: [Self.full])))
            #expect(try player.play(.putAsideFailed) == .stop)
        case "running":
            let failing = try Self.player(in: state)
            failing.machine.beginShutdown()
            #expect(try player.play(.stored(Self.result)) == .acknowledge([Self.full]))
            #expect(try player.play(.acknowledged) == .stop)
            #expect(try failing.play(.failed(Self.away)) == .putAside(PutAside(release: [Self.full])))
            let hanging = try Self.player(in: "running")
            hanging.machine.beginShutdown()
            #expect(try hanging.play(.abandoned) == .putAside(PutAside(release: [Self.full])))
        case "acknowledging":
            #expect(try player.play(.acknowledgeFailed) == .stop)
        default:
            #expect(try player.play(.rested(held: [])) == .stop)
        }
    }

    @Test("a record of a newer format is found by running jobs alone, and left for a newer worker")
    func newerFormatIsLeft() throws {
        let player = Player()
        let newer = WorkFailure(.newerFormat, code: 0, message: "version 9")
        let (one, two) = (Self.job("one", records: 250), Self.job("two", records: 250))
        _ = try player.play(.started)
        _ = try player.play(.claimed([one, two]))
        #expect(try player.play(.failed(newer)) == .putAside(PutAside(release: [two])))
        #expect(try player.play(.putAside) == .run(Batch(jobs: [one])))
        let delay = player.machine.configuration.unknownVersionDelay
        #expect(try player.play(.failed(newer)) == .putAside(PutAside(postpone: [one], delay: delay)))
    }
}

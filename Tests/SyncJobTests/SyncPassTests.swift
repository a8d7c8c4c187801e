import Ingest
import SyncJob
import Testing

@Suite struct SyncPassTests {
    private static let now: Int64 = 1_750_000_000_000
    private let configuration = SyncConfiguration(maximumWindowsPerPass: 2, passTimeLimit: .seconds(30))

    private func window(_ sequence: Int, opened: Int64 = now) -> WindowID {
        WindowID(text: "a1:\(sequence):\(opened)")!
    }

    private func moment(_ since: Duration = .zero, isStopping: Bool = false) -> SyncPass.Moment {
        SyncPass.Moment(sinceBegin: since, unixMilliseconds: Self.now, isStopping: isStopping)
    }

    private func unavailable(_ code: StoreFailure.Code = .unavailable) -> SyncPass.Event {
        .failed(StoreFailure(code, "test"))
    }

    /// A pass that has listed these windows, and what it wants next.
    private func listed(_ windows: [WindowID]) -> (SyncPass, SyncPass.Action) {
        var pass = SyncPass(configuration: configuration, seals: false)
        #expect(pass.begin(moment()) == .list(limit: 1_000))
        let action = pass.next(after: .listed(windows), at: moment())
        return (pass, action)
    }

    private func result(
        _ action: SyncPass.Action, sourceLocation: SourceLocation = #_sourceLocation
    ) throws
        -> SyncPassResult
    {
        guard case .finish(let result) = action else {
            Issue.record("not finished: \(action)", sourceLocation: sourceLocation)
            throw StoreFailure(.unavailable, "not finished")
        }
        return result
    }

    @Test func sealsListsAppliesEachPartThatHoldsSomethingAndDrops() throws {
        let window = window(1)
        var pass = SyncPass(configuration: configuration, seals: true)
        #expect(pass.begin(moment()) == .seal(maxWaiting: 3))
        #expect(pass.next(after: .sealed(.sealed(window)), at: moment()) == .list(limit: 1_000))
        var action = pass.next(after: .listed([window]), at: moment())
        for part in WindowPart.all {
            #expect(action == .read(window, part))
            if part.index % 2 == 0 {
                #expect(pass.next(after: .read(fingerprints: 3), at: moment()) == .apply(window, part))
                action = pass.next(after: .applied(.applied(fingerprints: 3)), at: moment())
            } else {
                action = pass.next(after: .read(fingerprints: 0), at: moment())
            }
        }
        #expect(action == .drop(window))
        let result = try result(pass.next(after: .dropped, at: moment()))
        #expect(result.ending == .complete)
        #expect((result.applied, result.fingerprints, result.waiting, result.sealAnswered) == (1, 24, 0, true))
        #expect((result.alreadyApplied, result.quarantined, result.failed) == (0, 0, 0))
    }

    @Test(arguments: [SealOutcome.nothingToSeal, .tooManyWaiting(3)])
    func anAnswerThatSealsNothingIsAnAnswer(outcome: SealOutcome) throws {
        var pass = SyncPass(configuration: configuration, seals: true)
        _ = pass.begin(moment())
        #expect(pass.next(after: .sealed(outcome), at: moment()) == .list(limit: 1_000))
        #expect(try result(pass.next(after: .listed([]), at: moment())).sealAnswered)
    }

    @Test(arguments: [
        (AppliedPart.alreadyApplied, AppliedPart.alreadyApplied, 0, 1),
        (.applied(fingerprints: 1), .alreadyApplied, 1, 0), (.alreadyApplied, .applied(fingerprints: 1), 1, 0),
    ])
    func aWindowIsAlreadyAppliedWhenNothingOfItWasNew(
        first: AppliedPart, rest: AppliedPart, applied: Int, already: Int
    )
        throws
    {
        var (pass, action) = listed([window(1)])
        for part in WindowPart.all {
            action = pass.next(after: .read(fingerprints: 1), at: moment())
            action = pass.next(after: .applied(part.index == 0 ? first : rest), at: moment())
        }
        #expect(action == .drop(window(1)))
        let result = try result(pass.next(after: .dropped, at: moment()))
        #expect((result.applied, result.alreadyApplied) == (applied, already))
    }

    @Test(arguments: [StoreFailure.Code.unavailable, .outcomeUnknown, .configuration])
    func aFailureLeavesTheRest(code: StoreFailure.Code) throws {
        for failsAt in 0..<4 {
            var (pass, _) = listed([window(1), window(2)])
            var action = SyncPass.Action.recover
            switch failsAt {
            case 0: action = pass.next(after: unavailable(code), at: moment())
            case 1:
                _ = pass.next(after: .read(fingerprints: 1), at: moment())
                action = pass.next(after: unavailable(code), at: moment())
            case 2:
                for _ in WindowPart.all { _ = pass.next(after: .read(fingerprints: 0), at: moment()) }
                action = pass.next(after: unavailable(code), at: moment())
            default:
                var old: SyncPass.Action
                (pass, old) = listed([window(1, opened: 5)])
                #expect(old == .quarantine(window(1, opened: 5), .olderThanLedger))
                action = pass.next(after: unavailable(code), at: moment())
            }
            let result = try result(action)
            #expect(result.ending == .failed(StoreFailure(code, "")))
            #expect((result.failed, result.applied, result.quarantined) == (1, 0, 0))
            #expect(result.waiting == (failsAt == 3 ? 1 : 2))
            // Nothing happens after the end.
            #expect(try self.result(pass.next(after: .dropped, at: moment())) == result)
        }
    }

    @Test func aFailureBeforeAnyWindowIsNoFailedWindow() throws {
        var pass = SyncPass(configuration: configuration, seals: true)
        _ = pass.begin(moment())
        let sealFailed = try result(pass.next(after: unavailable(), at: moment()))
        #expect((sealFailed.failed, sealFailed.waiting, sealFailed.sealAnswered) == (0, nil, false))
        pass = SyncPass(configuration: configuration, seals: true)
        _ = pass.begin(moment())
        _ = pass.next(after: .sealed(.nothingToSeal), at: moment())
        let listFailed = try result(pass.next(after: unavailable(), at: moment()))
        #expect((listFailed.failed, listFailed.waiting, listFailed.sealAnswered) == (0, nil, true))
    }

    @Test func anEpochThatChangedIsRecoveredAndTheRequestMadeAgain() throws {
        var pass = SyncPass(configuration: configuration, seals: true)
        _ = pass.begin(moment())
        #expect(pass.next(after: unavailable(.epochChanged), at: moment()) == .recover)
        #expect(pass.next(after: .recovered, at: moment()) == .seal(maxWaiting: 3))
        #expect(pass.next(after: .sealed(.nothingToSeal), at: moment()) == .list(limit: 1_000))
        // Later the list is read again, for recovery may have sealed a window; the interval's seal is not repeated.
        #expect(pass.next(after: .listed([window(1)]), at: moment()) == .read(window(1), WindowPart.all[0]))
        #expect(pass.next(after: unavailable(.epochChanged), at: moment()) == .recover)
        #expect(pass.next(after: .recovered, at: moment()) == .list(limit: 1_000))
        #expect(pass.next(after: .listed([window(9)]), at: moment()) == .read(window(9), WindowPart.all[0]))
    }

    @Test func anEpochThatChangesAgainAndAgainIsLeft() throws {
        var pass = SyncPass(configuration: configuration, seals: true)
        var action = pass.begin(moment())
        for _ in 0..<SyncPass.maximumRecoveries {
            action = pass.next(after: unavailable(.epochChanged), at: moment())
            #expect(action == .recover)
            #expect(pass.next(after: .recovered, at: moment()) == .seal(maxWaiting: 3))
        }
        action = pass.next(after: unavailable(.epochChanged), at: moment())
        #expect(try result(action).ending == .failed(StoreFailure(.epochChanged, "")))
    }

    @Test func anUnreadableWindowIsPutAsideAndTheNextApplied() throws {
        var (pass, _) = listed([window(1), window(2)])
        #expect(pass.next(after: unavailable(.corrupt), at: moment()) == .quarantine(window(1), .unreadable))
        #expect(pass.next(after: .quarantined, at: moment()) == .read(window(2), WindowPart.all[0]))
        // The durable store calling its own content corrupt is no fault of the window.
        _ = pass.next(after: .read(fingerprints: 1), at: moment())
        let result = try result(pass.next(after: unavailable(.corrupt), at: moment()))
        #expect((result.quarantined, result.failed, result.waiting) == (1, 1, 1))
    }

    @Test(arguments: [(0, false), (-1, true), (1, false)] as [(Int64, Bool)])
    func aWindowOlderThanTheLedgerIsPutAside(offset: Int64, isPutAside: Bool) {
        let window = window(1, opened: Self.now - LedgerRetention.milliseconds + offset)
        let (_, action) = listed([window])
        #expect(action == (isPutAside ? .quarantine(window, .olderThanLedger) : .read(window, WindowPart.all[0])))
    }

    @Test func stopsBetweenParts() throws {
        var pass = SyncPass(configuration: configuration, seals: true)
        #expect(try result(pass.begin(moment(isStopping: true))).ending == .stopped)

        (pass, _) = listed([window(1)])
        // The part in hand is read already; it is applied, and no further one begun.
        #expect(
            pass.next(after: .read(fingerprints: 1), at: moment(isStopping: true))
                == .apply(window(1), WindowPart.all[0])
        )
        let result = try result(pass.next(after: .applied(.applied(fingerprints: 1)), at: moment(isStopping: true)))
        #expect((result.ending, result.waiting) == (.stopped, 1))
    }

    @Test func aWindowWhoseLastPartIsAppliedIsDroppedBeforeStopping() throws {
        var (pass, action) = listed([window(1), window(2)])
        for _ in WindowPart.all { action = pass.next(after: .read(fingerprints: 0), at: moment(isStopping: false)) }
        #expect(action == .drop(window(1)))
        let result = try result(pass.next(after: .dropped, at: moment(isStopping: true)))
        #expect((result.ending, result.applied, result.waiting) == (.stopped, 1, 1))
    }

    @Test func aPassIsBoundedInWindows() throws {
        var (pass, action) = listed([window(1), window(2), window(3)])
        for _ in 0..<2 {
            for _ in WindowPart.all { action = pass.next(after: .read(fingerprints: 0), at: moment()) }
            action = pass.next(after: .dropped, at: moment())
        }
        #expect(try result(action).ending == .bounded)
        #expect(try result(action).waiting == 1)
    }

    @Test func aPassIsBoundedInTimeButAlwaysEndsAWindow() throws {
        var (pass, action) = listed([window(1), window(2)])
        for _ in WindowPart.all { action = pass.next(after: .read(fingerprints: 0), at: moment(.seconds(900))) }
        #expect(action == .drop(window(1)))
        #expect(try result(pass.next(after: .dropped, at: moment(.seconds(900)))).ending == .bounded)
    }
}

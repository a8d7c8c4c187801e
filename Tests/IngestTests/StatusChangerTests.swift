import Fingerprint
import Ingest
import Testing

/// What a change of status does to one error, with what is counted and not yet applied.
struct StatusChangerTests {
    private static let now: Int64 = 1_700_000_000_000
    private static let release = ReleaseID(of: "1.0".utf8)

    private static func fingerprint(_ number: UInt8) -> Fingerprint {
        guard let fingerprint = Fingerprint(bytes: [UInt8](repeating: number, count: 32)) else {
            preconditionFailure("32 bytes")
        }
        return fingerprint
    }

    private static func error(
        _ status: ErrorStatus, resolvedAt resolved: Int64? = nil, in release: String? = nil, last: Int64 = now - 10_000
    ) -> StoredError {
        var error = StoredError(
            fingerprint: fingerprint(1), status: status, count: 3, firstSeenMilliseconds: now - 20_000,
            lastSeenMilliseconds: last)
        error.resolvedMilliseconds = resolved
        error.resolvedInRelease = release
        return error
    }

    private static func window(at milliseconds: Int64, release: ReleaseID = .none) -> LiveWindow {
        guard let id = WindowID(text: "abc:1:\(now - 30_000)") else { preconditionFailure("a window id") }
        let tally = Tally(at: milliseconds, receivedAt: milliseconds, release: release)
        return LiveWindow(id: id, counts: [WindowCount(fingerprint: fingerprint(1), tally: tally)])
    }

    private func change(
        _ fake: StatusStoreFake, to change: StatusChange, by caller: String = "ann"
    ) async throws -> StatusOutcome {
        try await fake.changer.change([Self.fingerprint(1)], to: change, by: caller, at: Self.now)
    }

    @Test(arguments: ErrorStatus.allCases, StatusChange.allowed)
    func everyPair(from: ErrorStatus, to: ErrorStatus) async throws {
        let fake = StatusStoreFake()
        let resolved: Int64? = from == .resolved || from == .regressed ? Self.now - 15_000 : nil
        fake.store(Self.error(from, resolvedAt: resolved))
        let outcome = try await change(fake, to: StatusChange(status: to))
        let row = try #require(fake[Self.fingerprint(1)])
        #expect(row.status == to)
        if from == to {
            #expect(outcome == StatusOutcome(updated: 0, unchanged: 1, notFound: []))
            #expect(fake.history.isEmpty)
            #expect(row.resolvedMilliseconds == resolved)
        } else {
            #expect(outcome == StatusOutcome(updated: 1, unchanged: 0, notFound: []))
            #expect(fake.history == [StatusTransition.Step(from: from, to: to, by: "ann", release: nil)])
            #expect(row.resolvedMilliseconds == (to == .resolved ? Self.now : nil))
        }
    }

    @Test(arguments: [
        ("1.0", "1.0", false), ("1.0", "2.0", true), ("1.0", nil, true), (nil, "1.0", true), (nil, nil, false),
    ])
    func resolvingInAnotherReleaseIsAChange(before: String?, after: String?, changes: Bool) async throws {
        let fake = StatusStoreFake()
        fake.store(Self.error(.resolved, resolvedAt: Self.now - 5_000, in: before))
        let outcome = try await change(fake, to: StatusChange(status: .resolved, resolvedInRelease: after))
        #expect(outcome.updated == (changes ? 1 : 0))
        #expect(fake.history.count == (changes ? 1 : 0))
        #expect(fake[Self.fingerprint(1)]?.resolvedInRelease == after)
        #expect(fake[Self.fingerprint(1)]?.resolvedMilliseconds == (changes ? Self.now : Self.now - 5_000))
    }

    /// Times of events may be up to five minutes ahead of this clock.
    @Test func neverResolvedBeforeItWasLastSeen() async throws {
        let fake = StatusStoreFake()
        fake.store(Self.error(.unresolved, last: Self.now + 200_000))
        _ = try await change(fake, to: StatusChange(status: .resolved))
        #expect(fake[Self.fingerprint(1)]?.resolvedMilliseconds == Self.now + 200_000)
        let counted = StatusStoreFake()
        counted.store(Self.error(.unresolved))
        counted.add(Self.window(at: Self.now + 100_000))
        _ = try await change(counted, to: StatusChange(status: .resolved))
        #expect(counted[Self.fingerprint(1)]?.resolvedMilliseconds == Self.now + 100_000)
    }

    /// The row still says resolved, every reader sees regressed: resolving it must not be lost.
    @Test(arguments: StatusChange.allowed)
    func anErrorSeenAgainButNotYetAppliedHasRegressed(to: ErrorStatus) async throws {
        let fake = StatusStoreFake()
        fake.store(Self.error(.resolved, resolvedAt: Self.now - 5_000))
        fake.add(Self.window(at: Self.now - 1_000))
        let outcome = try await change(fake, to: StatusChange(status: to))
        #expect(outcome.updated == 1)
        #expect(fake[Self.fingerprint(1)]?.resolvedMilliseconds == (to == .resolved ? Self.now : nil))
        #expect(
            fake.history == [
                StatusTransition.Step(from: .resolved, to: .regressed, by: "sync", release: nil),
                StatusTransition.Step(from: .regressed, to: to, by: "ann", release: nil),
            ])
    }

    @Test func whatIsAppliedIsNotAddedAgain() async throws {
        let fake = StatusStoreFake()
        // As if resolved after the window was applied.
        fake.store(Self.error(.resolved, resolvedAt: Self.now - 5_000))
        fake.add(Self.window(at: Self.now - 1_000), isApplied: true)
        #expect(try await change(fake, to: StatusChange(status: .resolved)).unchanged == 1)
    }

    @Test func itsOwnReleaseDoesNotOpenItAgain() async throws {
        let fake = StatusStoreFake()
        fake.store(Self.error(.resolved, resolvedAt: Self.now - 5_000, in: "1.0"))
        fake.add(Self.window(at: Self.now - 1_000, release: Self.release))
        #expect(try await change(fake, to: StatusChange(status: .resolved, resolvedInRelease: "1.0")).unchanged == 1)
        let other = StatusStoreFake()
        other.store(Self.error(.resolved, resolvedAt: Self.now - 5_000, in: "2.0"))
        other.add(Self.window(at: Self.now - 1_000, release: Self.release))
        #expect(try await change(other, to: StatusChange(status: .resolved, resolvedInRelease: "2.0")).updated == 1)
    }

    @Test func withoutTheFastStoreTheRowDecides() async throws {
        let fake = StatusStoreFake()
        fake.store(Self.error(.resolved, resolvedAt: Self.now - 5_000))
        fake.add(Self.window(at: Self.now - 1_000))
        fake.loseFastStore()
        #expect(try await change(fake, to: StatusChange(status: .resolved)).unchanged == 1)
        #expect(try await change(fake, to: StatusChange(status: .ignored)).updated == 1)
    }

    @Test func unknownOnesAreNamed() async throws {
        let fake = StatusStoreFake()
        fake.store(Self.error(.unresolved))
        let asked = [3, 1, 2].map { Self.fingerprint($0) }
        let outcome = try await fake.changer.change(asked, to: StatusChange(status: .ignored), by: "x", at: Self.now)
        #expect(outcome == StatusOutcome(updated: 1, unchanged: 0, notFound: [asked[0], asked[2]]))
        let json = String(decoding: outcome.json, as: UTF8.self)
        #expect(json == #"{"updated":1,"unchanged":0,"notFound":["\#(asked[0].hex)","\#(asked[2].hex)"]}"#)
    }
}

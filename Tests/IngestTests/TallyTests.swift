import Fingerprint
import Ingest
import QueueCore
import Testing

/// What is counted of one error, whatever the order and the grouping in which its occurrences come together.
@Suite struct TallyTests {
    /// One occurrence of a random history.
    private struct Event {
        var milliseconds: Int64
        var release: Int
    }

    private static let noon: Int64 = 1_700_000_000_000
    private static let day: Int64 = 86_400_000

    private func release(_ number: Int) -> ReleaseID {
        number == 0 ? .none : ReleaseID(of: "release-\(number)".utf8)
    }

    private func tally(_ event: Event) -> Tally {
        Tally(at: event.milliseconds, receivedAt: Self.noon, release: release(event.release))
    }

    private func history(_ random: inout SeededRandom) -> [Event] {
        (0..<Int.random(in: 1...40, using: &random)).map { _ in
            let span = [2 * Self.day, 600_000, 5_000][Int.random(in: 0...2, using: &random)]
            return Event(
                milliseconds: Self.noon - Int64.random(in: 0...span, using: &random),
                release: Int.random(in: 0...3, using: &random))
        }
    }

    /// Merges neighbours in a random order until one is left.
    private func merged(_ events: [Event], using random: inout SeededRandom) -> Tally {
        var tallies = events.shuffled(using: &random).map(tally)
        while tallies.count > 1 {
            let index = Int.random(in: 0..<tallies.count - 1, using: &random)
            tallies[index].merge(tallies.remove(at: index + 1))
        }
        return tallies[0]
    }

    @Test func anyOrderOfMergingSaysTheSame() {
        var random = SeededRandom(seed: 7)
        for _ in 0..<500 {
            let events = history(&random)
            let whole = merged(events, using: &random)
            let times = events.map(\.milliseconds)
            #expect(whole.count == UInt64(events.count))
            #expect(whole.firstMilliseconds == times.min())
            #expect(whole.lastMilliseconds == times.max())
            for number in 0...4 {
                let outside = events.filter { $0.release != number }.map(\.milliseconds).max() ?? 0
                #expect(whole.lastMilliseconds(outside: release(number)) == outside)
            }
            #expect(Set(whole.slots.map(\.startMinute)).count == whole.slots.count)
            #expect(whole.slots.reduce(0) { $0 + Int($1.count) } == events.count)
            for slot in whole.slots {
                let mine = events.filter {
                    SeriesSlot(at: $0.milliseconds, receivedAt: Self.noon).startMinute == slot.startMinute
                }
                #expect(mine.count == Int(slot.count))
            }
        }
    }

    /// Counted for days while nobody applies it: minutes that no sync would write any more are counted by the hour, whatever the order.
    @Test func oldMinutesAreCountedByTheHour() throws {
        let fingerprint = try #require(Fingerprint(bytes: [UInt8](repeating: 1, count: 32)))
        var random = SeededRandom(seed: 9)
        for _ in 0..<100 {
            let span = [1_500, 1_501, 1_600, 8_000][Int.random(in: 0...3, using: &random)]
            let minutes = (0..<Int.random(in: 2...60, using: &random)).map { _ in
                UInt32(Self.noon / 60_000) + UInt32(Int.random(in: 0...span, using: &random))
            }
            let newest = minutes.max() ?? 0
            let expected = minutes.reduce(into: [UInt32: UInt32]()) { slots, minute in
                slots[minute + 1_500 < newest ? minute - minute % 60 : minute, default: 0] += 1
            }
            var tallies = minutes.shuffled(using: &random).map { minute in
                let time = Int64(minute) * 60_000
                return Tally(at: time, receivedAt: time, release: .none)
            }
            while tallies.count > 1 {
                let index = Int.random(in: 0..<tallies.count - 1, using: &random)
                tallies[index].merge(tallies.remove(at: index + 1))
            }
            #expect(Dictionary(uniqueKeysWithValues: tallies[0].slots.map { ($0.startMinute, $0.count) }) == expected)
            // Nothing that is asked for by the minute has gone.
            let since = Int64(newest) * 60_000 - SeriesSlot.minuteAge_ms
            let count = WindowCount(fingerprint: fingerprint, tally: tallies[0])
            let rows = SeriesRow.rows(of: count, minutesSince: since)
            for interval in SeriesInterval.allCases {
                let asked = interval == .hour ? minutes : minutes.filter { Int64($0) * 60_000 >= since }
                let mine = rows.filter { $0.interval == interval }
                #expect(mine.reduce(0) { $0 + Int($1.count) } == asked.count)
                #expect(Set(mine.map(\.startMinute)) == Set(asked.map { $0 - $0 % interval.widthMinutes }))
            }
        }
    }

    @Test func aTallyOfManyDaysIsBounded() {
        var tally = Tally.empty
        for minute in stride(from: 0, to: 10 * 1_440, by: 7) {
            let time = Self.noon + Int64(minute) * 60_000
            tally.merge(Tally(at: time, receivedAt: time, release: .none))
        }
        #expect(tally.count == 2_058)
        #expect(tally.slots.count <= 1_501 / 7 + 1 + 10 * 24)
    }

    @Test func theEmptyTallyChangesNothing() {
        var tally = Tally(at: Self.noon, receivedAt: Self.noon, release: release(1))
        let before = tally
        tally.merge(.empty)
        #expect(tally == before)
        var empty = Tally.empty
        empty.merge(before)
        #expect(empty == before)
        #expect(Tally.empty.slots == [])
    }

    @Test(arguments: [
        (0, "minute"), (Self.day, "minute"), (Self.day + 1, "hour"), (-300_000, "minute"), (30 * Self.day, "hour"),
    ])
    func anOccurrenceOlderThanADayIsCountedByTheHour(age: Int64, width: String) {
        let time = Self.noon - age
        let slot = SeriesSlot(at: time, receivedAt: Self.noon)
        let minute = UInt32(time / 60_000)
        #expect(slot.startMinute == (width == "minute" ? minute : minute - minute % 60))
        #expect(slot.hourStartMinute == minute - minute % 60)
    }

    @Test func releasesAreToldApart() {
        #expect(ReleaseID(of: "1.0".utf8) != ReleaseID(of: "1.1".utf8))
        #expect(ReleaseID(of: "".utf8) == .none)
        #expect(ReleaseID(of: String?.none?.utf8) == .none)
    }
}

/// When a resolved error is open again.
@Suite struct RegressionRuleTests {
    private static let resolved: Int64 = 1_700_000_000_000

    private func tally(_ events: [(offset: Int64, release: String?)]) -> Tally {
        events.reduce(into: .empty) { tally, event in
            let time = Self.resolved + event.offset
            tally.merge(Tally(at: time, receivedAt: time, release: ReleaseID(of: event.release?.utf8)))
        }
    }

    private func opensAgain(_ status: ErrorStatus, in release: String?, _ events: [(Int64, String?)]) -> Bool {
        RegressionRule.opensAgain(
            status: status, resolvedMilliseconds: Self.resolved, resolvedInRelease: release,
            by: tally(events.map { (offset: $0.0, release: $0.1) }))
    }

    @Test func onlyAResolvedErrorThatHappensLater() {
        #expect(opensAgain(.resolved, in: nil, [(1, nil)]))
        #expect(!opensAgain(.resolved, in: nil, [(0, nil), (-5, "2.0")]))
        #expect(!opensAgain(.resolved, in: nil, []))
        for status in [ErrorStatus.unresolved, .ignored, .regressed] {
            #expect(!opensAgain(status, in: nil, [(1, nil)]))
        }
        #expect(
            !RegressionRule.opensAgain(
                status: .resolved, resolvedMilliseconds: nil, resolvedInRelease: nil, by: tally([(1, nil)])))
    }

    @Test func resolvedInAReleaseOnlyAnotherOneOpensItAgain() {
        #expect(!opensAgain(.resolved, in: "2.0", [(1, "2.0"), (9, "2.0")]))
        #expect(opensAgain(.resolved, in: "2.0", [(1, "2.1")]))
        #expect(opensAgain(.resolved, in: "2.0", [(1, nil)]))
        // The other release must have reported it after it was resolved, not only before.
        #expect(!opensAgain(.resolved, in: "2.0", [(-1, "2.1"), (9, "2.0")]))
        #expect(opensAgain(.resolved, in: "2.0", [(1, "2.1"), (9, "2.0")]))
        #expect(opensAgain(.resolved, in: "2.0", [(5, "1.9"), (1, "2.0")]))
    }
}

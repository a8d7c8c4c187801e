import Ingest
import QueueCore
import Testing

/// Days and edges against counting slot by slot.
struct EventSlotRangeTests {
    private static let perDay = 96

    private func day(of slot: Int) -> Int { (slot - ((slot % 96) + 96) % 96) / 96 }

    private func check(_ range: SlotRange) {
        let pieces =
            range.wholeDays.map { $0 * Self.perDay..<($0 + 1) * Self.perDay } + range.edges.map(\.slots)
        // Every slot once, and no other.
        #expect(pieces.flatMap(Array.init).sorted() == Array(range.slots))
        #expect(range.edges.count <= 2)
        for edge in range.edges {
            // Within its day, and not all of it.
            #expect(!edge.slots.isEmpty && edge.slots.count < Self.perDay)
            #expect(Set(edge.slots.map(day)) == [edge.day])
            #expect(edge.isPrefix == (edge.slots.lowerBound == edge.day * Self.perDay))
            #expect(edge.isSuffix == (edge.slots.upperBound == (edge.day + 1) * Self.perDay))
        }
        #expect(range.edges.map(\.day) == range.edges.map(\.day).sorted())
        #expect(Array(range.days) == Set(range.slots.map(day)).sorted())
        #expect((range.singleDay != nil) == (range.edges.isEmpty && range.wholeDays.count == 1))
    }

    @Test(arguments: 0..<100)
    func isMadeOfDaysAndEdges(_ seed: UInt64) {
        var generator = SeededRandom(seed: seed)
        for _ in 0..<20 {
            let start = Int.random(in: -500...500, using: &generator)
            check(SlotRange(start..<start + Int.random(in: 0...400, using: &generator)))
        }
    }

    @Test func isMadeOfDaysAndEdgesAtEveryBoundary() {
        for start in -98...98 {
            for length in [0, 1, 2, 91, 92, 94, 95, 96, 97, 98, 100, 191, 192, 193, 288] {
                check(SlotRange(start..<start + length))
            }
        }
    }

    @Test func knowsADayWhoseUsersAreCounted() {
        #expect(SlotRange(day: 19_675).singleDay == 19_675)
        #expect(SlotRange(day: 19_675).wholeDays == 19_675..<19_676)
        #expect(SlotRange(96..<288).singleDay == nil)
        #expect(SlotRange(97..<193).singleDay == nil)
        #expect(SlotRange(96..<191).singleDay == nil)
        #expect(SlotRange(96..<96).singleDay == nil)
    }

    @Test func startsInTheQuarterHourOfAMoment() {
        #expect(SlotRange(seconds: 0..<86_400) == SlotRange(day: 0))
        #expect(SlotRange(seconds: 899..<900).slots == 0..<1)
        #expect(SlotRange(seconds: 1..<899).slots.isEmpty)
        #expect(SlotRange(seconds: -1..<901).slots == -1..<1)
        // Stretches that follow each other share no slot and leave none out, also where a zone's midnight is not on the quarter.
        let bounds: [Int64] = [-2670, 83_730, 170_130, 256_500]
        let ranges = zip(bounds, bounds.dropFirst()).map { SlotRange(seconds: $0..<$1).slots }
        #expect(zip(ranges, ranges.dropFirst()).allSatisfy { $0.upperBound == $1.lowerBound })
    }

    /// The events of some users, as the quarter hours they happened in.
    private func users(around slots: Range<Int>, using generator: inout SeededRandom) -> [[Int]] {
        (0..<60).map { _ in
            (0..<Int.random(in: 1...4, using: &generator)).map { _ in
                // Often next to a boundary.
                switch Int.random(in: 0..<4, using: &generator) {
                case 0: slots.lowerBound + Int.random(in: -1...1, using: &generator)
                case 1: slots.upperBound + Int.random(in: -1...1, using: &generator)
                default: Int.random(in: slots.lowerBound - 120...slots.upperBound + 120, using: &generator)
                }
            }
        }
    }

    private func isCounted(_ events: [Int], in range: SlotRange) -> Bool {
        Dictionary(grouping: events, by: day).contains { day, slots in
            range.wholeDays.contains(day)
                || range.edges.contains {
                    $0.day == day && $0.holdsUser(from: slots.min() ?? 0, to: slots.max() ?? 0)
                }
        }
    }

    /// Days of 23, 24 and 25 hours, and of half an hour more or less (Lord Howe), with every offset zones have.
    @Test(arguments: [92, 94, 96, 98, 100], [1, 2, 31])
    func tellsTheUsersOfTheDaysOfEveryZone(_ lastDaySlots: Int, days: Int) {
        var generator = SeededRandom(seed: UInt64(lastDaySlots * 100 + days))
        for offset in -48...56 {
            // No zone is a quarter to three quarters of an hour west of Greenwich.
            guard !(-3 ... -1).contains(offset) else { continue }
            let start = 19_675 * Self.perDay - offset
            let range = SlotRange(start..<start + (days - 1) * Self.perDay + lastDaySlots)
            #expect(range.tellsUsersExactly)
            for events in users(around: range.slots, using: &generator) {
                #expect(isCounted(events, in: range) == events.contains(where: range.slots.contains))
            }
        }
    }

    @Test func saysWhenItCannotTellUsers() {
        let range = SlotRange(10..<20)
        #expect(!range.tellsUsersExactly)
        // Events before and after, none within.
        #expect(isCounted([5, 25], in: range))
        #expect(!isCounted([5, 9], in: range) && !isCounted([20], in: range) && isCounted([19], in: range))
        #expect(SlotRange(0..<95).tellsUsersExactly && SlotRange(1..<96).tellsUsersExactly)
        #expect(SlotRange(1..<97).tellsUsersExactly && SlotRange(5..<5).tellsUsersExactly)
    }

    @Test(arguments: [
        (StatsWidth.ever, Int64(1_700_000_000_000), 0), (.minute, 1_700_000_000_000, 28_333_333),
        (.quarterHour, 1_700_000_000_000, 1_888_888), (.day, 1_700_000_000_000, 19_675), (.minute, 59_999, 0),
        (.minute, 60_000, 1), (.quarterHour, 899_999, 0), (.quarterHour, 900_000, 1), (.day, 86_399_999, 0),
        (.day, 86_400_000, 1), (.day, -1, -1), (.ever, -1, 0),
    ])
    func hasASlotForEveryMoment(_ width: StatsWidth, milliseconds: Int64, slot: Int) {
        #expect(width.slot(ofMilliseconds: milliseconds) == slot)
    }
}

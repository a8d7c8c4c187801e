/// A stretch of time in quarter hours since 1970, and how it is put together from what is counted: whole UTC days, and the quarter
/// hours of the days it has only a part of.
public struct SlotRange: Sendable, Hashable {
    /// Quarter hours of a UTC day.
    public static let slotsPerDay = 96
    /// Seconds of a slot.
    public static let slotSeconds: Int64 = 900

    /// Quarter hours since 1970; may be empty.
    public let slots: Range<Int>

    public init(_ slots: Range<Int>) {
        self.slots = slots
    }

    /// The quarter hours from one moment to another, Unix seconds. A moment within a quarter hour stands for its start, so that
    /// stretches that follow each other share none.
    public init(seconds: Range<Int64>) {
        slots =
            Int(
                seconds.lowerBound.dividedDown(by: Self.slotSeconds))..<Int(
                seconds.upperBound.dividedDown(by: Self.slotSeconds))
    }

    /// One UTC day.
    public init(day: Int) {
        slots = day * Self.slotsPerDay..<(day + 1) * Self.slotsPerDay
    }

    /// A part of one UTC day, not all of it.
    public struct Edge: Sendable, Hashable {
        /// Days since 1970.
        public let day: Int
        /// Quarter hours since 1970, all of that day; not empty.
        public let slots: Range<Int>

        /// Whether it begins with the day.
        public var isPrefix: Bool { slots.lowerBound == day * SlotRange.slotsPerDay }
        /// Whether it ends with the day.
        public var isSuffix: Bool { slots.upperBound == (day + 1) * SlotRange.slotsPerDay }

        /// Whether somebody whose events of the day lie between `first` and `last` (quarter hours of the first and the last one) had
        /// one in here. Exact for a prefix and a suffix of the day; of a stretch in its middle it is told too often.
        public func holdsUser(from first: Int, to last: Int) -> Bool {
            first < slots.upperBound && last >= slots.lowerBound
        }
    }

    /// The UTC days it holds all of, days since 1970; may be empty.
    public var wholeDays: Range<Int> {
        let first = Self.day(of: slots.lowerBound + Self.slotsPerDay - 1)
        return first..<max(first, Self.day(of: slots.upperBound))
    }

    /// What is left beside the whole days: at most two, in the order of time.
    public var edges: [Edge] {
        guard !slots.isEmpty else { return [] }
        let whole = wholeDays
        if whole.isEmpty, Self.day(of: slots.lowerBound) == Self.day(of: slots.upperBound - 1) {
            return [Edge(day: Self.day(of: slots.lowerBound), slots: slots)]
        }
        // There is a midnight in it.
        var edges: [Edge] = []
        let (start, end) = (whole.lowerBound * Self.slotsPerDay, whole.upperBound * Self.slotsPerDay)
        if slots.lowerBound < start {
            edges.append(Edge(day: whole.lowerBound - 1, slots: slots.lowerBound..<start))
        }
        if end < slots.upperBound {
            edges.append(Edge(day: whole.upperBound, slots: end..<slots.upperBound))
        }
        return edges
    }

    /// Every UTC day it touches, days since 1970.
    public var days: Range<Int> {
        guard !slots.isEmpty else { return wholeDays }
        return Self.day(of: slots.lowerBound)..<Self.day(of: slots.upperBound - 1) + 1
    }

    /// The UTC day, when it is one from midnight to midnight: its users are counted.
    public var singleDay: Int? {
        let whole = wholeDays
        return whole.count == 1 && slots.count == Self.slotsPerDay ? whole.lowerBound : nil
    }

    /// Whether `Edge.holdsUser` tells of every edge exactly. It does of the days of every zone, whose offset is never so near to 0 that
    /// 23 hours lie within one UTC day.
    public var tellsUsersExactly: Bool { edges.allSatisfy { $0.isPrefix || $0.isSuffix } }

    private static func day(of slot: Int) -> Int {
        Int(Int64(slot).dividedDown(by: Int64(slotsPerDay)))
    }
}

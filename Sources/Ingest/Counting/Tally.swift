/// What is counted of one error: how often it happened, when, and in which releases as far as a regression depends on it.
///
/// Two tallies of one error merge into one, in any order and with the same result, whether here or in admit.lua.
///
/// A tally that goes on for days, since nobody can apply it, keeps single minutes only as long as the sync writes them: one more than
/// `minutesKept` before the newest is counted by the hour.
public struct Tally: Sendable, Hashable {
    /// A day, and an hour to spare: a minute older than that is written by no sync, whichever clock it goes by.
    static let minutesKept: UInt32 = 1_500

    /// Occurrences; 0 only for `empty`, whose other values say nothing.
    public private(set) var count: UInt64
    /// The smallest and largest effective event time, Unix milliseconds.
    public private(set) var firstMilliseconds: Int64
    public private(set) var lastMilliseconds: Int64
    /// The release of the occurrence at `lastMilliseconds`.
    public private(set) var newestRelease: ReleaseID
    /// The largest event time of all other releases, Unix milliseconds; 0 when there is none.
    public private(set) var otherReleasesMilliseconds: Int64
    /// Most tallies have one slot, which then needs no memory of its own.
    private var firstSlot: SeriesSlot
    private var moreSlots: [SeriesSlot]

    public static let empty = Tally(
        count: 0, firstMilliseconds: 0, lastMilliseconds: 0, newestRelease: .none, otherReleasesMilliseconds: 0,
        slots: CollectionOfOne(SeriesSlot(startMinute: 0, count: 0)))

    /// One occurrence.
    public init(at milliseconds: Int64, receivedAt receivedMilliseconds: Int64, release: ReleaseID) {
        self.init(
            count: 1, firstMilliseconds: milliseconds, lastMilliseconds: milliseconds, newestRelease: release,
            otherReleasesMilliseconds: 0,
            slots: CollectionOfOne(SeriesSlot(at: milliseconds, receivedAt: receivedMilliseconds)))
    }

    /// `slots` has one or more, no two with the same start.
    public init(
        count: UInt64,
        firstMilliseconds: Int64,
        lastMilliseconds: Int64,
        newestRelease: ReleaseID,
        otherReleasesMilliseconds: Int64,
        slots: some Collection<SeriesSlot>
    ) {
        self.count = count
        self.firstMilliseconds = firstMilliseconds
        self.lastMilliseconds = lastMilliseconds
        self.newestRelease = newestRelease
        self.otherReleasesMilliseconds = otherReleasesMilliseconds
        self.firstSlot = slots.first ?? SeriesSlot(startMinute: 0, count: 0)
        self.moreSlots = slots.count > 1 ? Array(slots.dropFirst()) : []
    }

    public var isEmpty: Bool { count == 0 }

    /// When the error happened, by minute or hour; in no order, each start once.
    public var slots: [SeriesSlot] { isEmpty ? [] : [firstSlot] + moreSlots }

    /// Without the memory that `slots` needs.
    public func forEachSlot(_ body: (SeriesSlot) -> Void) {
        guard !isEmpty else { return }
        body(firstSlot)
        for slot in moreSlots { body(slot) }
    }

    /// The largest event time of any other release than this one, Unix milliseconds; 0 when there is none.
    public func lastMilliseconds(outside release: ReleaseID) -> Int64 {
        release == newestRelease ? otherReleasesMilliseconds : lastMilliseconds
    }

    /// Adds the occurrences of another tally of the same error.
    public mutating func merge(_ other: Tally) {
        guard !other.isEmpty else { return }
        guard !isEmpty else {
            self = other
            return
        }
        count &+= other.count
        firstMilliseconds = min(firstMilliseconds, other.firstMilliseconds)
        mergeReleases(other)
        if other.moreSlots.isEmpty {
            add(other.firstSlot)
        } else {
            mergeSlots(other)
        }
    }

    private mutating func mergeReleases(_ other: Tally) {
        if newestRelease == other.newestRelease {
            lastMilliseconds = max(lastMilliseconds, other.lastMilliseconds)
            otherReleasesMilliseconds = max(otherReleasesMilliseconds, other.otherReleasesMilliseconds)
        } else if other.lastMilliseconds > lastMilliseconds {
            // Until now the newest of all: whatever other release was seen, it was not later.
            otherReleasesMilliseconds = max(lastMilliseconds, other.otherReleasesMilliseconds)
            newestRelease = other.newestRelease
            lastMilliseconds = other.lastMilliseconds
        } else {
            otherReleasesMilliseconds = max(otherReleasesMilliseconds, other.lastMilliseconds)
        }
    }

    private mutating func add(_ slot: SeriesSlot) {
        if firstSlot.startMinute == slot.startMinute {
            firstSlot.add(slot.count)
        } else if let index = moreSlots.lastIndex(where: { $0.startMinute == slot.startMinute }) {
            moreSlots[index].add(slot.count)
        } else {
            moreSlots.append(slot)
            foldOldMinutes()
        }
    }

    private mutating func mergeSlots(_ other: Tally) {
        var indices = Dictionary(
            moreSlots.indices.map { (moreSlots[$0].startMinute, $0) }, uniquingKeysWith: { a, _ in a })
        other.forEachSlot { slot in
            if firstSlot.startMinute == slot.startMinute {
                firstSlot.add(slot.count)
            } else if let index = indices[slot.startMinute] {
                moreSlots[index].add(slot.count)
            } else {
                indices[slot.startMinute] = moreSlots.count
                moreSlots.append(slot)
            }
        }
        foldOldMinutes()
    }

    /// To be called when a minute has come in: the newest one may be a new one, or this one old.
    private mutating func foldOldMinutes() {
        var newest = firstSlot.startMinute
        for slot in moreSlots { newest = max(newest, slot.startMinute) }
        guard newest > Self.minutesKept else { return }
        let oldest = newest - Self.minutesKept
        func isFolded(_ slot: SeriesSlot) -> Bool {
            slot.startMinute >= oldest || slot.startMinute == slot.hourStartMinute
        }
        if isFolded(firstSlot), moreSlots.allSatisfy(isFolded) { return }
        var kept: [SeriesSlot] = []
        var indices: [UInt32: Int] = [:]
        forEachSlot { slot in
            let start = isFolded(slot) ? slot.startMinute : slot.hourStartMinute
            if let index = indices[start] {
                kept[index].add(slot.count)
            } else {
                indices[start] = kept.count
                kept.append(SeriesSlot(startMinute: start, count: slot.count))
            }
        }
        firstSlot = kept[0]
        moreSlots = Array(kept.dropFirst())
    }
}

extension SeriesSlot {
    fileprivate mutating func add(_ more: UInt32) {
        let (sum, isTooLarge) = count.addingReportingOverflow(more)
        count = isTooLarge ? .max : sum
    }
}

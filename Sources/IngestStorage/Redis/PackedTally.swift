import Fingerprint
import Ingest

/// The value of one field of a `count:<window>:<part>` hash, and what admit.lua is given to add to it: count, first ms, last ms,
/// release of the last, last ms of all other releases (8 bytes each), then start minute and count of each slot (4 bytes each), all
/// big-endian. One field for all keeps admit at one read and one write per error.
enum PackedTally {
    static let headerByteCount = 40
    static let slotByteCount = 8

    /// Numbers in Redis' Lua are exact up to here, so that the script makes no larger one.
    private static let largestCount: UInt64 = 1 << 53
    /// The last millisecond of the year 9999, where a DATETIME column ends.
    private static let latestMilliseconds: Int64 = 253_402_300_799_999

    /// The empty tally is no bytes at all.
    static func encode(_ tally: Tally) -> [UInt8] {
        guard !tally.isEmpty else { return [] }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(headerByteCount + slotByteCount)
        append(tally.count, to: &bytes)
        append(UInt64(bitPattern: tally.firstMilliseconds), to: &bytes)
        append(UInt64(bitPattern: tally.lastMilliseconds), to: &bytes)
        append(tally.newestRelease.rawValue, to: &bytes)
        append(UInt64(bitPattern: tally.otherReleasesMilliseconds), to: &bytes)
        tally.forEachSlot { slot in
            append(UInt64(slot.startMinute) << 32 | UInt64(slot.count), to: &bytes)
        }
        return bytes
    }

    /// Nil unless the field is 32 bytes and the value a header and one slot or more, with figures that admit.lua can make: whatever else
    /// passed for a count would be a trap in a sum, or a statement that MySQL refuses each time the sync tries.
    static func decode(field: [UInt8], value: [UInt8]) -> WindowCount? {
        guard value.count > headerByteCount, (value.count - headerByteCount).isMultiple(of: slotByteCount),
            let fingerprint = Fingerprint(bytes: field)
        else { return nil }
        let count = integer(value, at: 0)
        let first = Int64(bitPattern: integer(value, at: 8))
        let last = Int64(bitPattern: integer(value, at: 16))
        let other = Int64(bitPattern: integer(value, at: 32))
        // No release was seen after the last occurrence of all; 0 is none.
        guard (1...largestCount).contains(count), first >= 0, first <= last, last <= latestMilliseconds,
            (0...last).contains(other)
        else { return nil }
        let slots = stride(from: headerByteCount, to: value.count, by: slotByteCount).map { offset in
            let word = integer(value, at: offset)
            return SeriesSlot(
                startMinute: UInt32(truncatingIfNeeded: word >> 32), count: UInt32(truncatingIfNeeded: word))
        }
        return WindowCount(
            fingerprint: fingerprint,
            tally: Tally(
                count: count,
                firstMilliseconds: first,
                lastMilliseconds: last,
                newestRelease: ReleaseID(rawValue: integer(value, at: 24)),
                otherReleasesMilliseconds: other,
                slots: slots
            )
        )
    }

    private static func append(_ word: UInt64, to bytes: inout [UInt8]) {
        withUnsafeBytes(of: word.bigEndian) { bytes.append(contentsOf: $0) }
    }

    private static func integer(_ bytes: [UInt8], at offset: Int) -> UInt64 {
        bytes.withUnsafeBytes { UInt64(bigEndian: $0.loadUnaligned(fromByteOffset: offset, as: UInt64.self)) }
    }
}

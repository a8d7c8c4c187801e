import Fingerprint
import Ingest

/// The value of one field of a `count:<window>:<part>` hash, and what admit.lua is given to add to it: count, first ms, last ms,
/// release of the last, last ms of all other releases (8 bytes each), then start minute and count of each slot (4 bytes each), all
/// big-endian. One field for all keeps admit at one read and one write per error.
enum PackedTally {
    static let headerByteCount = 40
    static let slotByteCount = 8

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

    /// Nil unless the field is 32 bytes and the value a header with a positive count and one slot or more.
    static func decode(field: [UInt8], value: [UInt8]) -> WindowCount? {
        guard value.count > headerByteCount, (value.count - headerByteCount).isMultiple(of: slotByteCount),
            let fingerprint = Fingerprint(bytes: field)
        else { return nil }
        let count = integer(value, at: 0)
        guard count > 0 else { return nil }
        let slots = stride(from: headerByteCount, to: value.count, by: slotByteCount).map { offset in
            let word = integer(value, at: offset)
            return SeriesSlot(
                startMinute: UInt32(truncatingIfNeeded: word >> 32), count: UInt32(truncatingIfNeeded: word))
        }
        return WindowCount(
            fingerprint: fingerprint,
            tally: Tally(
                count: count,
                firstMilliseconds: Int64(bitPattern: integer(value, at: 8)),
                lastMilliseconds: Int64(bitPattern: integer(value, at: 16)),
                newestRelease: ReleaseID(rawValue: integer(value, at: 24)),
                otherReleasesMilliseconds: Int64(bitPattern: integer(value, at: 32)),
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

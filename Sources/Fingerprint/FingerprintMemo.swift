import Glibc

/// The fingerprints of texts that come again byte by byte, as most reports of a flood do: looking one up costs a tenth of making it.
///
/// Exact, as the bytes themselves are compared. Bounded: texts are kept from their second time on, one to a slot.
package struct FingerprintMemo {
    static let slotCount = 256
    /// Longer texts are fingerprinted each time.
    static let maxBytes = 4_096

    private struct Lengths: Equatable {
        var project = 0
        var type = 0
        var message = 0
        var stackTrace = 0

        init() {}

        init(_ input: borrowing FingerprintInput) {
            project = input.project?.count ?? 0
            type = input.type?.count ?? 0
            message = input.message.count
            stackTrace = input.stackTrace?.count ?? 0
        }

        var total: Int { project + type + message + stackTrace }
    }

    private struct Slot {
        /// Of the texts that came here last.
        var hash: UInt64 = 0
        var lengths = Lengths()
        var bytes: [UInt8] = []
        /// Nil while its texts came once.
        var fingerprint: Fingerprint?
    }

    private var slots = [Slot](repeating: Slot(), count: slotCount)

    package init() {}

    /// The fingerprint `fingerprinter` makes, and the parts at hand when it had to be made. Give it the same `grouping` each time.
    /// - Parameter body: may use the fingerprinter only when it is handed no parts.
    package mutating func withFingerprint<R>(
        of input: borrowing FingerprintInput, by fingerprinter: Fingerprinter, grouping: Grouping,
        _ body: (Fingerprint, FingerprintParts?) -> R
    ) -> R {
        let lengths = Lengths(input)
        guard input.custom.isEmpty, lengths.total <= Self.maxBytes else {
            return fingerprinter.withParts(of: input, grouping: grouping, body)
        }
        let hash = Self.hash(input)
        let index = Int(truncatingIfNeeded: hash >> 32) & (Self.slotCount - 1)
        let isSecond = slots[index].hash == hash
        if isSecond, let known = slots[index].fingerprint, Self.holds(slots[index], input, lengths) {
            return body(known, nil)
        }
        slots[index].hash = hash
        slots[index].fingerprint = nil
        if isSecond {
            slots[index].lengths = lengths
            Self.copy(input, lengths, to: &slots[index].bytes)
        }
        return fingerprinter.withParts(of: input, grouping: grouping) { fingerprint, parts in
            if isSecond { slots[index].fingerprint = fingerprint }
            return body(fingerprint, parts)
        }
    }

    private static func copy(_ input: borrowing FingerprintInput, _ lengths: Lengths, to bytes: inout [UInt8]) {
        bytes.removeAll(keepingCapacity: true)
        bytes.reserveCapacity(lengths.total)
        if let project = input.project { bytes.append(contentsOf: project) }
        if let type = input.type { bytes.append(contentsOf: type) }
        bytes.append(contentsOf: input.message)
        if let stackTrace = input.stackTrace { bytes.append(contentsOf: stackTrace) }
    }

    private static func holds(_ slot: borrowing Slot, _ input: borrowing FingerprintInput, _ lengths: Lengths) -> Bool {
        // The same bytes divided in another way are other texts.
        guard slot.lengths == lengths else { return false }
        return slot.bytes.withUnsafeBytes { bytes in
            var start = 0
            func isNext(_ text: UnsafeRawBufferPointer?) -> Bool {
                guard let text, let base = text.baseAddress, let kept = bytes.baseAddress else { return true }
                defer { start += text.count }
                return memcmp(kept + start, base, text.count) == 0
            }
            return isNext(input.project) && isNext(input.type) && isNext(input.message) && isNext(input.stackTrace)
        }
    }

    /// Only finds the slot: others may have the same.
    package static func hash(_ input: borrowing FingerprintInput) -> UInt64 {
        var hash: UInt64 = 0
        add(input.project, to: &hash)
        add(input.type, to: &hash)
        add(input.message, to: &hash)
        add(input.stackTrace, to: &hash)
        return hash
    }

    @inline(__always)
    private static func add(_ text: UnsafeRawBufferPointer?, to hash: inout UInt64) {
        guard let text else { return }
        var offset = 0
        while offset + 8 <= text.count {
            mix(text.loadUnaligned(fromByteOffset: offset, as: UInt64.self), into: &hash)
            offset += 8
        }
        var rest: UInt64 = 0
        while offset < text.count {
            rest = rest << 8 | UInt64(text[offset])
            offset += 1
        }
        mix(rest, into: &hash)
    }

    /// Xor, multiply and fold: each word reaches all bits.
    @inline(__always)
    package static func mix(_ word: UInt64, into hash: inout UInt64) {
        hash = (hash ^ word) &* 0x9E37_79B9_7F4A_7C15
        hash ^= hash >> 32
    }
}

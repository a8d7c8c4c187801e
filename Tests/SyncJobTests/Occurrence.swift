import Fingerprint
import Ingest

/// One accepted event, told apart from all others.
struct Occurrence: Hashable, Sendable {
    let id: Int
    let fingerprint: Fingerprint
    let milliseconds: Int64

    /// What a store says about these: one count for each fingerprint, ascending.
    static func counts(_ occurrences: [Occurrence]) -> [WindowCount] {
        Dictionary(grouping: occurrences, by: \.fingerprint)
            .map { fingerprint, group in
                WindowCount(fingerprint: fingerprint, tally: tally(group.map(\.milliseconds).sorted()))
            }
            .sorted { $0.fingerprint.bytes.lexicographicallyPrecedes($1.fingerprint.bytes) }
    }

    private static func tally(_ times: [Int64]) -> Tally {
        times.reduce(into: .empty) { $0.merge(Tally(at: $1, receivedAt: $1, release: .none)) }
    }

    /// A fingerprint whose first byte is given, and with it the part it belongs to.
    static func fingerprint(_ firstByte: UInt8) -> Fingerprint {
        // 32 bytes always make a fingerprint.
        Fingerprint(bytes: [firstByte] + Array(repeating: 7, count: 31))!
    }
}

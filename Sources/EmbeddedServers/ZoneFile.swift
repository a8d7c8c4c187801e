/// One compiled file of the zone database (RFC 9636), as far as MariaDB's zone tables take it: what clocks showed up to 2037.
///
/// Reads the data of version 1, whose times have 32 bits, as the tables' own do. Files compiled without it (`zic -b slim`) tell later
/// years by a rule, and are refused: without the rule they would be wrong.
package struct ZoneFile: Sendable, Hashable {
    package struct Kind: Sendable, Hashable {
        /// Seconds east of UTC.
        package let offset: Int32
        package let isDaylightSaving: Bool
        package let abbreviation: String
    }

    package struct Transition: Sendable, Hashable {
        /// Unix seconds.
        package let time: Int32
        /// Index into `kinds`.
        package let kind: Int
    }

    /// At least one; the first that is not daylight saving time holds before the first transition.
    package let kinds: [Kind]
    /// Ascending.
    package let transitions: [Transition]

    private static let headerBytes = 44

    /// Nil when the bytes are no such file.
    package init?(_ bytes: [UInt8]) {
        guard bytes.count >= Self.headerBytes, bytes.starts(with: "TZif".utf8) else { return nil }
        func integer(_ index: Int) -> Int32 {
            (0..<4).reduce(Int32(0)) { $0 << 8 | Int32(bytes[index + $1]) }
        }
        let counts = (0..<6).map { Int(integer(20 + 4 * $0)) }
        let (transitionCount, kindCount, characterCount) = (counts[3], counts[4], counts[5])
        let isSlim = bytes[4] >= UInt8(ascii: "2") && transitionCount == 0 && kindCount <= 1 && characterCount <= 1
        guard !isSlim, (1...256).contains(kindCount), (0...10_000).contains(transitionCount),
            (0...2_000).contains(characterCount)
        else { return nil }
        let kindStart = Self.headerBytes + 5 * transitionCount
        let textStart = kindStart + 6 * kindCount
        guard bytes.count >= textStart + characterCount else { return nil }
        let texts = bytes[textStart..<textStart + characterCount]
        kinds = (0..<kindCount).map { number in
            let start = kindStart + 6 * number
            let text = texts.dropFirst(Int(bytes[start + 5])).prefix { $0 != 0 }
            return Kind(
                offset: integer(start), isDaylightSaving: bytes[start + 4] != 0,
                abbreviation: String(decoding: text, as: UTF8.self))
        }
        transitions = (0..<transitionCount).map { number in
            Transition(
                time: integer(Self.headerBytes + 4 * number),
                kind: Int(bytes[Self.headerBytes + 4 * transitionCount + number]))
        }
        guard transitions.allSatisfy({ $0.kind < kindCount }) else { return nil }
    }
}

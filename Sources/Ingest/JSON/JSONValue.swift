/// A value found by the scanner. Nothing is copied: it says where the value is.
struct JSONValue: Sendable {
    enum Kind: UInt8, Sendable { case object, array, string, number, boolean, null }

    var kind: Kind
    /// Offset of the value's first byte.
    var start: Int
    /// Offset after the value's last byte.
    var end: Int
    /// What was met in any string of the value.
    var traits: JSONString.Traits
    /// Objects and arrays within one another, this value included: 0 for a scalar, 1 for `[]`.
    var depth: Int

    var count: Int { end - start }

    /// The string's content, when the value is a string.
    var string: JSONString? {
        kind == .string ? JSONString(start: start + 1, end: end - 1, traits: traits) : nil
    }
}

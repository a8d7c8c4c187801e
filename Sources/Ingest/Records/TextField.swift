/// The fields of a record that are kept as texts: those with a raw value under `textCount`. The raw values are also the order of the
/// texts in an encoded record: never change them.
public protocol TextField: RawRepresentable, Hashable, Sendable where RawValue == UInt8 {
    /// At most `FieldTexts.capacity`.
    static var textCount: Int { get }
    /// The longest text of a field; nil for fields that are no texts.
    static func limit(of field: Self) -> TextLimit?
}

extension TextField {
    /// The fields that are texts, in the order of their raw values.
    static var texts: some Sequence<Self> { (0..<UInt8(textCount)).lazy.compactMap { Self(rawValue: $0) } }
}

/// The texts of one report or record, all in one buffer: one allocation, and every text is a range in it.
public struct FieldTexts<Field: TextField>: Sendable {
    /// Texts there is room for.
    static var capacity: Int { 10 }

    typealias Extent = TextExtent

    @usableFromInline var bytes: [UInt8]
    @usableFromInline var extents = InlineArray<10, TextExtent>(repeating: .absent)

    init(bytes: [UInt8] = []) {
        self.bytes = bytes
    }

    /// The text of a field, UTF-8; nil when absent or when the field is no text.
    @inlinable
    public subscript(_ field: Field) -> ArraySlice<UInt8>? {
        let extent = extent(of: field)
        return extent.isPresent ? bytes[extent.range] : nil
    }

    @inlinable
    func extent(of field: Field) -> TextExtent {
        Int(field.rawValue) < Field.textCount ? extents[Int(field.rawValue)] : .absent
    }

    mutating func setExtent(_ extent: TextExtent, of field: Field) {
        extents[Int(field.rawValue)] = extent
    }

    /// Forgets the texts and keeps the memory, unless one report needed more than reports may hold.
    mutating func removeAll() {
        bytes.removeAll(keepingCapacity: bytes.capacity <= 1 << 20)
        extents = InlineArray(repeating: .absent)
    }
}

extension FieldTexts {
    /// Texts to be set one by one; the hot path appends to the buffer itself.
    public init(_ texts: [Field: [UInt8]]) {
        self.init()
        for (field, text) in texts { set(text, for: field) }
    }

    /// Sets a text field. `text` is UTF-8 within the field's limit. Fields that are no texts are not for this type, and ignored.
    public mutating func set(_ text: some Collection<UInt8>, for field: Field) {
        guard Int(field.rawValue) < Field.textCount else { return }
        let start = bytes.count
        bytes.append(contentsOf: text)
        setExtent(TextExtent(start..<bytes.count), of: field)
    }
}

/// Where a text is in the buffer of its record.
@usableFromInline
struct TextExtent: Sendable, Equatable {
    @usableFromInline var start: UInt32
    @usableFromInline var count: UInt32

    @usableFromInline static let absent = TextExtent(start: .max, count: 0)

    @inlinable var isPresent: Bool { start != .max }
    @inlinable var range: Range<Int> { Int(start)..<Int(start) + Int(count) }

    init(start: UInt32, count: UInt32) {
        self.start = start
        self.count = count
    }

    init(_ range: Range<Int>) {
        self.init(start: UInt32(range.lowerBound), count: UInt32(range.count))
    }
}

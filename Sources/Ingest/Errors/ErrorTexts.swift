/// The texts of one report or record, all in one buffer: one allocation, and every text is a range in it.
public struct ErrorTexts: Sendable {
    /// A range of `bytes`.
    struct Extent: Sendable, Equatable {
        var start: UInt32
        var count: UInt32

        static let absent = Extent(start: .max, count: 0)

        var isPresent: Bool { start != .max }
        var range: Range<Int> { Int(start)..<Int(start) + Int(count) }

        init(start: UInt32, count: UInt32) {
            self.start = start
            self.count = count
        }

        init(_ range: Range<Int>) {
            self.init(start: UInt32(range.lowerBound), count: UInt32(range.count))
        }
    }

    var bytes: [UInt8]
    private var extents = InlineArray<10, Extent>(repeating: .absent)

    init(bytes: [UInt8] = []) {
        self.bytes = bytes
    }

    /// The text of a field, UTF-8; nil when absent or when the field is no text.
    public subscript(_ field: ErrorField) -> ArraySlice<UInt8>? {
        let extent = extent(of: field)
        return extent.isPresent ? bytes[extent.range] : nil
    }

    func extent(of field: ErrorField) -> Extent {
        Int(field.rawValue) < ErrorField.textCount ? extents[Int(field.rawValue)] : .absent
    }

    mutating func setExtent(_ extent: Extent, of field: ErrorField) {
        extents[Int(field.rawValue)] = extent
    }

    /// Forgets the texts and keeps the memory, unless one report needed more than reports may hold.
    mutating func removeAll() {
        bytes.removeAll(keepingCapacity: bytes.capacity <= 1 << 20)
        extents = InlineArray(repeating: .absent)
    }
}

extension ErrorTexts {
    /// Texts to be set one by one; the hot path appends to the buffer itself.
    public init(_ texts: [ErrorField: [UInt8]]) {
        self.init()
        for (field, text) in texts { set(text, for: field) }
    }

    /// Sets a text field. `text` is UTF-8 within the field's limit. Fields that are no texts are not for this type, and ignored.
    public mutating func set(_ text: some Collection<UInt8>, for field: ErrorField) {
        guard Int(field.rawValue) < ErrorField.textCount else { return }
        let start = bytes.count
        bytes.append(contentsOf: text)
        setExtent(Extent(start..<bytes.count), of: field)
    }
}

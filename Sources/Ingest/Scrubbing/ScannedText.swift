/// Borrowed bytes of a text. Reading outside of it gives 0, which no rule matches, so that a rule may look around as it likes.
struct ScannedText {
    let base: UnsafeRawPointer
    let count: Int

    /// - Parameter bytes: valid for as long as this value is used.
    init?(_ bytes: UnsafeRawBufferPointer) {
        guard let base = bytes.baseAddress, bytes.count > 0 else { return nil }
        self.base = base
        self.count = bytes.count
    }

    @inline(__always)
    subscript(index: Int) -> UInt8 {
        guard UInt(bitPattern: index) < UInt(bitPattern: count) else { return 0 }
        return base.load(fromByteOffset: index, as: UInt8.self)
    }

    subscript(range: Range<Int>) -> UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(start: base + range.lowerBound, count: range.count)
    }

    /// Whether `text` stands at `offset`, as it is written here.
    func has(_ text: StaticString, at offset: Int) -> Bool {
        guard offset >= 0, offset + text.utf8CodeUnitCount <= count else { return false }
        for index in 0..<text.utf8CodeUnitCount where self[offset + index] != text.utf8Start[index] { return false }
        return true
    }

    /// Whether `text`, which is lower case, stands at `offset` in whatever case.
    func hasIgnoringCase(_ text: StaticString, at offset: Int) -> Bool {
        guard offset >= 0, offset + text.utf8CodeUnitCount <= count else { return false }
        for index in 0..<text.utf8CodeUnitCount where self[offset + index].lowercase != text.utf8Start[index] {
            return false
        }
        return true
    }

    func equalsIgnoringCase(_ text: StaticString, _ range: Range<Int>) -> Bool {
        range.count == text.utf8CodeUnitCount && hasIgnoringCase(text, at: range.lowerBound)
    }

    /// The first place at or after `start` whose byte does not satisfy `predicate`.
    @inline(__always)
    func end(from start: Int, while predicate: (UInt8) -> Bool) -> Int {
        var index = start
        while index < count, predicate(self[index]) { index += 1 }
        return index
    }

    func endOfBlanks(from start: Int) -> Int { end(from: start) { $0.isBlank } }

    /// Where the line that `start` is in ends, or before that a `quote` (0 for none).
    func endOfLine(from start: Int, orQuote quote: UInt8 = 0) -> Int {
        endOutsideKeys(from: start) { $0 == 0x0A || $0 == 0x0D || ($0 == quote && quote != 0) }
    }
}

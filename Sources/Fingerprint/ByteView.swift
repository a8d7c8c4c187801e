import Glibc

/// A borrowed run of bytes, valid for the call that made it.
///
/// Reading outside of it gives 0, which no rule matches: a rule may look ahead as far as it likes and can never leave
/// the input.
struct ByteView {
    let base: UnsafeRawPointer
    let count: Int

    init(base: UnsafeRawPointer, count: Int) {
        self.base = base
        self.count = count
    }

    init(_ bytes: UnsafeRawBufferPointer?) {
        if let bytes, let base = bytes.baseAddress {
            self.init(base: base, count: bytes.count)
        } else {
            self = .empty
        }
    }

    init(_ text: StaticString) {
        self.init(base: text.utf8Start, count: text.utf8CodeUnitCount)
    }

    static var empty: ByteView { ByteView("") }

    var isEmpty: Bool { count == 0 }

    var buffer: UnsafeRawBufferPointer { UnsafeRawBufferPointer(start: base, count: count) }

    subscript(index: Int) -> UInt8 {
        @inline(__always) get {
            guard UInt(bitPattern: index) < UInt(bitPattern: count) else { return 0 }
            return base.load(fromByteOffset: index, as: UInt8.self)
        }
    }

    /// The bytes of `range`, as far as they exist.
    subscript(range: Range<Int>) -> ByteView {
        let lower = min(max(range.lowerBound, 0), count)
        let upper = min(max(range.upperBound, lower), count)
        return ByteView(base: base + lower, count: upper - lower)
    }

    func prefix(_ length: Int) -> ByteView { self[0..<max(0, length)] }

    func dropFirst(_ length: Int) -> ByteView { self[length..<max(length, count)] }

    /// Without the blanks (space and control characters) at both ends.
    var trimmed: ByteView {
        var lower = 0
        var upper = count
        while lower < upper, self[lower].isBlank { lower += 1 }
        while upper > lower, self[upper - 1].isBlank { upper -= 1 }
        return self[lower..<upper]
    }

    func has(_ text: StaticString, at offset: Int) -> Bool {
        let length = text.utf8CodeUnitCount
        guard offset >= 0, offset + length <= count else { return false }
        return memcmp(base + offset, text.utf8Start, length) == 0
    }

    func hasPrefix(_ text: StaticString) -> Bool { has(text, at: 0) }

    func hasSuffix(_ text: StaticString) -> Bool { has(text, at: count - text.utf8CodeUnitCount) }

    func equals(_ text: StaticString) -> Bool { count == text.utf8CodeUnitCount && hasPrefix(text) }

    func equals(_ other: ByteView) -> Bool { count == other.count && memcmp(base, other.base, count) == 0 }

    /// The first place at or after `start`, which is not negative, whose byte does not satisfy `predicate`; else the end.
    @inline(__always)
    func end(from start: Int, while predicate: (UInt8) -> Bool) -> Int {
        var index = start
        while index < count, predicate(base.load(fromByteOffset: index, as: UInt8.self)) { index += 1 }
        return index
    }

    func firstIndex(of byte: UInt8, from start: Int = 0) -> Int? {
        guard start >= 0, start < count else { return nil }
        guard let found = memchr(base + start, Int32(byte), count - start) else { return nil }
        return UnsafeRawPointer(found) - base
    }

    func firstIndex(of text: StaticString, from start: Int = 0) -> Int? {
        let first = text.utf8Start.pointee
        var position = start
        while let found = firstIndex(of: first, from: position) {
            if has(text, at: found) { return found }
            position = found + 1
        }
        return nil
    }

    /// The last place of `byte` before `end`.
    func lastIndex(of byte: UInt8, before end: Int) -> Int? {
        var index = min(end, count) - 1
        while index >= 0 {
            if self[index] == byte { return index }
            index -= 1
        }
        return nil
    }

    /// The last place of `text`.
    func lastIndex(of text: StaticString) -> Int? {
        let first = text.utf8Start.pointee
        var end = count - text.utf8CodeUnitCount + 1
        while let found = lastIndex(of: first, before: end) {
            if has(text, at: found) { return found }
            end = found
        }
        return nil
    }
}

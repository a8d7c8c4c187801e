import CMariaDB

/// Parameters of many rows, one behind the other in one piece of memory: the client library reads them from there, and no value is an
/// allocation of its own.
///
/// Append the values of a row one by one, then call ``endRow()``. A statement takes a range of the rows; see
/// `MySQLSession.execute(_:_:_:filledTo:zeroing:rowLimit:)`.
public struct MySQLRows: Sendable {
    enum Kind: UInt8 {
        case null, int, uint, double, bytes, text, dateTime
        /// Milliseconds that no DATETIME can hold: refused when a statement takes them.
        case outsideCalendar
    }

    /// Where a value is.
    struct Slot {
        /// Index of its first word.
        let word: Int
        /// Bytes.
        let count: Int
        let kind: Kind

        /// The number 0.
        static let zero = Slot(word: 0, count: wordBytes, kind: .uint)
    }

    /// What there is up to the end of a row.
    private struct End {
        let values: Int
        let bytes: Int
    }

    private static let wordBytes = MemoryLayout<UInt64>.size
    private static let timeWords = (MemoryLayout<MYSQL_TIME>.size + wordBytes - 1) / wordBytes
    /// ``removeAll()`` gives back more than this.
    private static let keptBytes = 1 << 20

    /// The values, each from a word on, which is what numbers and times have to be aligned to. The first word is 0 and belongs to no
    /// row.
    private(set) var words: [UInt64] = [0]
    private(set) var slots: [Slot] = []
    /// In front of the first row, and of each row.
    private var ends = [End(values: 0, bytes: 0)]
    /// Of texts and raw bytes, so far.
    private var byteCount = 0

    public init() {}

    /// Rows that are ended.
    public var count: Int { ends.count - 1 }

    // MARK: Values of a row

    public mutating func appendNull() {
        slots.append(Slot(word: 0, count: 0, kind: .null))
    }

    /// Every signed integer type.
    public mutating func append(int value: Int64) {
        append(word: UInt64(bitPattern: value), as: .int)
    }

    /// Every unsigned integer type.
    public mutating func append(uint value: UInt64) {
        append(word: value, as: .uint)
    }

    public mutating func append(double value: Double) {
        append(word: value.bitPattern, as: .double)
    }

    /// BINARY, VARBINARY, BLOB, BIT: raw bytes, which are copied.
    public mutating func append(bytes: UnsafeRawBufferPointer) {
        append(bytes, as: .bytes)
    }

    /// CHAR, VARCHAR, TEXT, JSON, ENUM, DECIMAL, TIME: the bytes of the text in UTF-8, which are copied.
    public mutating func append(text: UnsafeRawBufferPointer) {
        append(text, as: .text)
    }

    /// Raw bytes, which are copied.
    @inlinable
    public mutating func append(bytes: some Collection<UInt8>) {
        let copied: Void? = bytes.withContiguousStorageIfAvailable { append(bytes: UnsafeRawBufferPointer($0)) }
        if copied == nil { [UInt8](bytes).withUnsafeBytes { append(bytes: $0) } }
    }

    /// The bytes of a text in UTF-8, which are copied.
    @inlinable
    public mutating func append(text: some Collection<UInt8>) {
        let copied: Void? = text.withContiguousStorageIfAvailable { append(text: UnsafeRawBufferPointer($0)) }
        if copied == nil { [UInt8](text).withUnsafeBytes { append(text: $0) } }
    }

    /// DATETIME, TIMESTAMP and DATE: Unix milliseconds, written as UTC. A statement that is given a time outside the years 1 to 9999 fails
    /// with `malformedValue`.
    public mutating func append(dateTime milliseconds: Int64) {
        guard let time = MySQLDateTime(milliseconds: milliseconds) else {
            return append(word: UInt64(bitPattern: milliseconds), as: .outsideCalendar)
        }
        let word = words.count
        words.append(contentsOf: repeatElement(0, count: Self.timeWords))
        words.withUnsafeMutableBytes {
            $0.storeBytes(of: MYSQL_TIME(time), toByteOffset: word * Self.wordBytes, as: MYSQL_TIME.self)
        }
        slots.append(Slot(word: word, count: MemoryLayout<MYSQL_TIME>.size, kind: .dateTime))
    }

    public mutating func append(_ value: MySQLValue) {
        switch value {
        case .null: appendNull()
        case .int(let number): append(int: number)
        case .uint(let number): append(uint: number)
        case .double(let number): append(double: number)
        case .bytes(let bytes): append(bytes: bytes)
        case .text(let bytes): append(text: bytes)
        case .dateTime(let milliseconds): append(dateTime: milliseconds)
        }
    }

    private mutating func append(word: UInt64, as kind: Kind) {
        slots.append(Slot(word: words.count, count: Self.wordBytes, kind: kind))
        words.append(word)
    }

    private mutating func append(_ bytes: UnsafeRawBufferPointer, as kind: Kind) {
        let word = words.count
        words.append(contentsOf: repeatElement(0, count: (bytes.count + Self.wordBytes - 1) / Self.wordBytes))
        words.withUnsafeMutableBytes { memory in
            UnsafeMutableRawBufferPointer(rebasing: memory[(word * Self.wordBytes)...]).copyMemory(from: bytes)
        }
        slots.append(Slot(word: word, count: bytes.count, kind: kind))
        byteCount += bytes.count
    }

    // MARK: Rows

    /// What was appended since the last call is a row.
    public mutating func endRow() {
        ends.append(End(values: slots.count, bytes: byteCount))
    }

    /// Forgets all rows. Keeps the memory, unless it is unusually large (over 1 MiB).
    public mutating func removeAll() {
        words.removeAll(keepingCapacity: words.capacity * Self.wordBytes <= Self.keptBytes)
        words.append(0)
        slots.removeAll(keepingCapacity: slots.capacity * MemoryLayout<Slot>.stride <= Self.keptBytes)
        ends.removeSubrange(1...)
        byteCount = 0
    }

    /// How many values the rows have.
    public func valueCount(of rows: Range<Int>) -> Int {
        slotIndexes(of: rows).count
    }

    /// Bytes of the rows' texts and raw bytes; nothing else counts.
    public func byteCount(of rows: Range<Int>) -> Int {
        ends[rows.upperBound].bytes - ends[rows.lowerBound].bytes
    }

    func slotIndexes(of rows: Range<Int>) -> Range<Int> {
        ends[rows.lowerBound].values..<ends[rows.upperBound].values
    }
}

extension MySQLRows {
    /// What one statement takes of the rows.
    struct Part {
        let rows: Range<Int>
        /// Rows of the statement. Where there are more than `rows`, the last of those stands in again.
        let size: Int
        /// How many of the last values of a row that stands in are 0 instead.
        let zeroed: Int
    }
}

extension MYSQL_TIME {
    fileprivate init(_ parts: MySQLDateTime) {
        self.init()
        year = UInt32(parts.year)
        month = UInt32(parts.month)
        day = UInt32(parts.day)
        hour = UInt32(parts.hour)
        minute = UInt32(parts.minute)
        second = UInt32(parts.second)
        second_part = UInt(parts.millisecond) * 1_000
        time_type = MYSQL_TIMESTAMP_DATETIME
    }
}

import CMariaDB

/// The bind structures of one prepared statement's parameters. Confined to its connection's thread.
final class MySQLParameters {
    private let binds: UnsafeMutableBufferPointer<MYSQL_BIND>

    init(count: Int) {
        binds = .allocate(capacity: count)
        binds.initialize(repeating: MYSQL_BIND())
    }

    deinit {
        binds.deallocate()
    }

    /// Points the bind structures at the values, and hands them to `body`: they are valid until it returns.
    /// - Throws: `misuse` for a wrong number of values; `malformedValue` for a time outside the years 1 to 9999.
    func withBinds<R>(
        of rows: MySQLRows,
        _ part: MySQLRows.Part,
        _ body: (UnsafeMutableBufferPointer<MYSQL_BIND>) -> R
    ) throws(MySQLError) -> R {
        let values = rows.slotIndexes(of: part.rows)
        let missing = part.rows.isEmpty ? 0 : max(0, part.size - part.rows.count)
        let last = missing > 0 ? rows.slotIndexes(of: part.rows.upperBound - 1..<part.rows.upperBound) : 0..<0
        let given = values.count + missing * last.count
        guard given == binds.count else {
            throw MySQLError(
                code: .misuse,
                message: "the statement takes \(binds.count) parameters, \(given) were given"
            )
        }
        return try rows.words.withUnsafeBufferPointer { (words) throws(MySQLError) -> R in
            // Never nil: there is always a first word.
            let memory = UnsafeRawPointer(words.baseAddress.unsafelyUnwrapped)
            var index = 0
            for value in values {
                try fill(index, rows.slots[value], memory)
                index += 1
            }
            for _ in 0..<missing {
                for value in last {
                    let isZeroed = value >= last.upperBound - part.zeroed
                    try fill(index, isZeroed ? .zero : rows.slots[value], memory)
                    index += 1
                }
            }
            return body(binds)
        }
    }

    /// The library takes `buffer_length` for the length of a text where it is given no other.
    private func fill(_ index: Int, _ slot: MySQLRows.Slot, _ memory: UnsafeRawPointer) throws(MySQLError) {
        let value = memory + slot.word * MemoryLayout<UInt64>.size
        binds[index].buffer = UnsafeMutableRawPointer(mutating: value)
        binds[index].buffer_length = UInt(slot.count)
        binds[index].is_unsigned = slot.kind == .uint ? 1 : 0
        switch slot.kind {
        case .null: binds[index].buffer_type = MYSQL_TYPE_NULL
        case .int, .uint: binds[index].buffer_type = MYSQL_TYPE_LONGLONG
        case .double: binds[index].buffer_type = MYSQL_TYPE_DOUBLE
        case .bytes: binds[index].buffer_type = MYSQL_TYPE_BLOB
        case .text: binds[index].buffer_type = MYSQL_TYPE_STRING
        case .dateTime: binds[index].buffer_type = MYSQL_TYPE_DATETIME
        case .outsideCalendar:
            throw MySQLError(
                code: .malformedValue,
                message: "\(value.load(as: Int64.self)) ms lies outside the years 1 to 9999"
            )
        }
    }
}

import CMariaDB

/// The bind structures into which a prepared statement fetches one row, and the memory they point into. Confined to its
/// connection's thread.
final class MySQLResultRow {
    let columns: [MySQLColumn]
    private let binds: UnsafeMutableBufferPointer<MYSQL_BIND>
    private let lengths: UnsafeMutableBufferPointer<UInt>
    private let nulls: UnsafeMutableBufferPointer<my_bool>
    private let slots: UnsafeMutableRawBufferPointer

    /// Texts up to this length arrive with the row; longer ones are fetched in a second step, at their exact length.
    private static let slotBytes = 256

    init(columns: [MySQLColumn]) {
        self.columns = columns
        binds = .allocate(capacity: columns.count)
        lengths = .allocate(capacity: columns.count)
        lengths.initialize(repeating: 0)
        nulls = .allocate(capacity: columns.count)
        nulls.initialize(repeating: 0)
        slots = .allocate(byteCount: max(1, columns.count) * Self.slotBytes, alignment: 16)
        slots.initializeMemory(as: UInt8.self, repeating: 0)
        for (index, column) in columns.enumerated() {
            var bind = MYSQL_BIND()
            bind.buffer = slot(index)
            bind.buffer_length = UInt(Self.slotBytes)
            bind.length = lengths.baseAddress.map { $0 + index }
            bind.is_null = nulls.baseAddress.map { $0 + index }
            switch column.kind {
            case .int:
                bind.buffer_type = MYSQL_TYPE_LONGLONG
            case .uint:
                bind.buffer_type = MYSQL_TYPE_LONGLONG
                bind.is_unsigned = 1
            case .double:
                bind.buffer_type = MYSQL_TYPE_DOUBLE
            case .dateTime:
                bind.buffer_type = MYSQL_TYPE_DATETIME
            case .bytes:
                bind.buffer_type = MYSQL_TYPE_BLOB
            case .text:
                bind.buffer_type = MYSQL_TYPE_STRING
            }
            (binds.baseAddress.unsafelyUnwrapped + index).initialize(to: bind)
        }
    }

    deinit {
        binds.deallocate()
        lengths.deallocate()
        nulls.deallocate()
        slots.deallocate()
    }

    private func slot(_ index: Int) -> UnsafeMutableRawPointer {
        // Never nil: the memory holds at least one slot.
        slots.baseAddress.unsafelyUnwrapped + index * Self.slotBytes
    }

    /// False when the library refuses.
    func bind(to statement: UnsafeMutablePointer<MYSQL_STMT>) -> Bool {
        mysql_stmt_bind_result(statement, binds.baseAddress) == 0
    }

    /// The row that `mysql_stmt_fetch` has just put into the slots; nil when the library refuses the rest of a long
    /// value.
    func decode(from statement: UnsafeMutablePointer<MYSQL_STMT>) throws(MySQLError) -> [MySQLValue]? {
        var row: [MySQLValue] = []
        row.reserveCapacity(columns.count)
        for index in columns.indices {
            guard nulls[index] == 0 else {
                row.append(.null)
                continue
            }
            guard let value = try value(index, statement) else { return nil }
            row.append(value)
        }
        return row
    }

    private func value(
        _ index: Int,
        _ statement: UnsafeMutablePointer<MYSQL_STMT>
    ) throws(MySQLError) -> MySQLValue? {
        let slot = slot(index)
        switch columns[index].kind {
        case .int: return .int(slot.load(as: Int64.self))
        case .uint: return .uint(slot.load(as: UInt64.self))
        case .double: return .double(slot.load(as: Double.self))
        case .bytes: return bytes(index, statement).map(MySQLValue.bytes)
        case .text: return bytes(index, statement).map(MySQLValue.text)
        case .dateTime:
            let time = slot.load(as: MYSQL_TIME.self)
            let parts = MySQLDateTime(
                year: Int(time.year),
                month: Int(time.month),
                day: Int(time.day),
                hour: Int(time.hour),
                minute: Int(time.minute),
                second: Int(time.second),
                millisecond: Int(time.second_part / 1_000)
            )
            guard let milliseconds = parts.milliseconds else {
                throw MySQLError(code: .malformedValue, message: "column \(columns[index].name) holds no real date")
            }
            return .dateTime(milliseconds: milliseconds)
        }
    }

    private func bytes(_ index: Int, _ statement: UnsafeMutablePointer<MYSQL_STMT>) -> [UInt8]? {
        let length = Int(lengths[index])
        if length <= Self.slotBytes {
            return Array(UnsafeRawBufferPointer(start: slot(index), count: length))
        }
        var status: CInt = 0
        let bytes = [UInt8](unsafeUninitializedCapacity: length) { buffer, count in
            var bind = MYSQL_BIND()
            bind.buffer_type = MYSQL_TYPE_BLOB
            bind.buffer = UnsafeMutableRawPointer(buffer.baseAddress)
            bind.buffer_length = UInt(length)
            status = mysql_stmt_fetch_column(statement, &bind, UInt32(index), 0)
            count = status == 0 ? length : 0
        }
        return status == 0 ? bytes : nil
    }
}

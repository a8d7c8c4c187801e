import CMariaDB

/// Owns one `MYSQL_RES *` of the text protocol, read row by row. Confined to its connection's thread.
final class MySQLTextResult {
    private let pointer: UnsafeMutablePointer<MYSQL_RES>
    let columns: [MySQLColumn]

    init(_ pointer: UnsafeMutablePointer<MYSQL_RES>) {
        self.pointer = pointer
        let fields = UnsafeBufferPointer(start: mysql_fetch_fields(pointer), count: Int(mysql_num_fields(pointer)))
        columns = fields.map(MySQLColumn.init)
    }

    deinit {
        // Reads and drops what was not fetched.
        mysql_free_result(pointer)
    }

    /// nil at the end; the caller asks the handle whether the end was an error.
    func next() throws(MySQLError) -> [MySQLValue]? {
        guard let fields = mysql_fetch_row(pointer), let lengths = mysql_fetch_lengths(pointer) else { return nil }
        var row: [MySQLValue] = []
        row.reserveCapacity(columns.count)
        for (index, column) in columns.enumerated() {
            guard let field = fields[index] else {
                row.append(.null)
                continue
            }
            let bytes = UnsafeRawBufferPointer(start: field, count: Int(lengths[index]))
            guard let value = Self.value(bytes, column.kind) else {
                throw MySQLError(
                    code: .malformedValue, message: "column \(column.name) can't be read as \(column.kind)")
            }
            row.append(value)
        }
        return row
    }

    private static func value(_ bytes: UnsafeRawBufferPointer, _ kind: MySQLColumn.Kind) -> MySQLValue? {
        switch kind {
        case .bytes: .bytes(Array(bytes))
        case .text: .text(Array(bytes))
        case .int: Int64(String(decoding: bytes, as: UTF8.self)).map(MySQLValue.int)
        case .uint: UInt64(String(decoding: bytes, as: UTF8.self)).map(MySQLValue.uint)
        case .double: Double(String(decoding: bytes, as: UTF8.self)).map(MySQLValue.double)
        case .dateTime: MySQLDateTime(text: bytes)?.milliseconds.map { .dateTime(milliseconds: $0) }
        }
    }
}

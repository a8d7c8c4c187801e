import CMariaDB

/// Owns one `MYSQL_STMT *` with the bind structures of its parameters and the buffers of its result row. Confined to its connection's
/// thread.
final class MySQLStatement {
    private let pointer: UnsafeMutablePointer<MYSQL_STMT>
    private let handle: MySQLHandle
    private let parameters: MySQLParameters
    private var resultRow: MySQLResultRow?

    /// Prepares the statement on the server.
    init(_ sql: String, on handle: MySQLHandle) throws(MySQLError) {
        guard let pointer = mysql_stmt_init(handle.pointer) else { throw handle.lastError() }
        var sql = sql
        let status = sql.withUTF8 { bytes in
            bytes.withMemoryRebound(to: CChar.self) {
                mysql_stmt_prepare(pointer, $0.baseAddress, UInt($0.count))
            }
        }
        guard status == 0 else {
            let failure = Self.lastError(of: pointer, on: handle)
            mysql_stmt_close(pointer)
            throw failure
        }
        self.pointer = pointer
        self.handle = handle
        parameters = MySQLParameters(count: Int(mysql_stmt_param_count(pointer)))
    }

    deinit {
        mysql_stmt_close(pointer)
    }

    private static func lastError(
        of pointer: UnsafeMutablePointer<MYSQL_STMT>,
        on handle: MySQLHandle
    ) -> MySQLError {
        let number = mysql_stmt_errno(pointer)
        // An error the server sends in the middle of the rows is noted on the connection, not on the statement.
        guard number != 0 else { return handle.lastError() }
        return .failure(
            number: number,
            sqlState: String(cString: mysql_stmt_sqlstate(pointer)),
            message: String(cString: mysql_stmt_error(pointer))
        )
    }

    private func lastError() -> MySQLError {
        Self.lastError(of: pointer, on: handle)
    }

    func execute(_ rows: MySQLRows, _ part: MySQLRows.Part, rowLimit: Int) throws(MySQLError) -> MySQLOutcome {
        let isExecuted = try parameters.withBinds(of: rows, part) { binds in
            (binds.isEmpty || mysql_stmt_bind_param(pointer, binds.baseAddress) == 0)
                && mysql_stmt_execute(pointer) == 0
        }
        guard isExecuted else { throw lastError() }
        guard mysql_stmt_field_count(pointer) > 0 else {
            return MySQLOutcome(affectedRows: mysql_stmt_affected_rows(pointer), warningCount: handle.warningCount)
        }
        // Rows that are not wanted any more are read and dropped here, so that the connection stays in step.
        defer { mysql_stmt_free_result(pointer) }
        let row = try bindResult()
        let rows = try fetch(row, rowLimit: rowLimit)
        return MySQLOutcome(
            affectedRows: 0,
            warningCount: handle.warningCount,
            columns: row.columns.map(\.name),
            rows: rows
        )
    }

    /// The server may have prepared the statement anew after a change of the schema, so the columns are looked at each
    /// time.
    private func bindResult() throws(MySQLError) -> MySQLResultRow {
        guard let metadata = mysql_stmt_result_metadata(pointer) else { throw lastError() }
        defer { mysql_free_result(metadata) }
        let fields = UnsafeBufferPointer(start: mysql_fetch_fields(metadata), count: Int(mysql_num_fields(metadata)))
        let columns = fields.map(MySQLColumn.init)
        let row: MySQLResultRow
        if let known = resultRow, known.columns == columns {
            row = known
        } else {
            row = MySQLResultRow(columns: columns)
            resultRow = row
        }
        guard row.bind(to: pointer) else { throw lastError() }
        return row
    }

    private func fetch(_ row: MySQLResultRow, rowLimit: Int) throws(MySQLError) -> [[MySQLValue]] {
        var rows: [[MySQLValue]] = []
        while true {
            switch mysql_stmt_fetch(pointer) {
            case 0, MYSQL_DATA_TRUNCATED:
                // "Truncated" only says that a text is longer than its slot; `decode` fetches those in full.
                guard rows.count < rowLimit else {
                    throw MySQLError(code: .tooManyRows, message: "the result has more than \(rowLimit) rows")
                }
                guard let values = try row.decode(from: pointer) else { throw lastError() }
                rows.append(values)
            case MYSQL_NO_DATA:
                return rows
            default:
                throw lastError()
            }
        }
    }
}

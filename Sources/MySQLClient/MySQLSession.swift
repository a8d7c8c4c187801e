import CMariaDB
import Glibc
import Synchronization

/// The synchronous calls of one connection. Every call blocks the connection's own thread and may be made from there
/// only (checked on entry). Reached through `MySQLConnection`; a caller that needs to keep it inside a value of its own
/// may do so for the length of one `withConnection` body.
public final class MySQLSession {
    /// Tells this connection from every other of the process, earlier ones too.
    public let number = MySQLSession.numbers.add(1, ordering: .relaxed).newValue
    private static let numbers = Atomic<UInt64>(0)

    let configuration: MySQLConfiguration
    private let thread: MySQLThread
    private var handle: MySQLHandle?
    private var statements: MySQLStatementCache
    /// The values of a statement that gets them as an array.
    private var values = MySQLRows()
    /// Set by the failure that made the connection unusable.
    public private(set) var isBroken = false
    /// The server's limit for one packet, and with it for one statement; 0 before `open()`.
    public private(set) var maxAllowedPacket = 0

    /// Seconds after which MariaDB ends a transaction in which nothing happens. Ours run on a thread of their own and never pause, so
    /// this one belongs to a frozen process whose row locks hold up everybody else.
    private static let idleLimit = 5
    /// MySQL has no such setting; there the connection itself ends. The pool replaces connections that ended while idle.
    private static let idleConnectionLimit = 60

    /// The most rows a call returns unless told otherwise.
    public static let defaultRowLimit = 100_000

    init(configuration: MySQLConfiguration, thread: MySQLThread) {
        self.configuration = configuration
        self.thread = thread
        statements = MySQLStatementCache(limit: configuration.statementCacheSize)
    }

    // MARK: Connection

    /// Connects and sets the session up.
    func open() throws(MySQLError) {
        thread.checkIsolated()
        handle = try MySQLHandle(configuration: configuration)
        do throws(MySQLError) {
            try setUp()
        } catch {
            close()
            throw MySQLError(
                code: .connectFailed,
                number: error.number,
                sqlState: error.sqlState,
                message: "cannot set up the session on \(configuration.endpoint): \(error.message)"
            )
        }
    }

    func close() {
        thread.checkIsolated()
        // Statements first: each tells the server to forget it over the handle.
        statements.removeAll()
        handle?.close()
        handle = nil
    }

    private func setUp() throws(MySQLError) {
        // The server gives up a lock wait, and a statement, before the client stops listening: otherwise the statement
        // would go on, and perhaps commit, behind a connection that is already counted as lost.
        let seconds = configuration.readTimeout.wholeSeconds
        let lockSeconds = max(1, seconds / 2)
        let statementMilliseconds = UInt64(seconds) * 900
        let statementLimit =
            try usableHandle().isMariaDB
            ? "max_statement_time = \(Double(statementMilliseconds) / 1_000), idle_transaction_timeout = \(Self.idleLimit)"
            : "max_execution_time = \(statementMilliseconds), wait_timeout = \(Self.idleConnectionLimit)"
        try executeText(
            """
            SET SESSION sql_mode = 'STRICT_ALL_TABLES,NO_ZERO_DATE,NO_ZERO_IN_DATE,ERROR_FOR_DIVISION_BY_ZERO,\
            NO_ENGINE_SUBSTITUTION', time_zone = '+00:00', autocommit = 1, max_error_count = 65535, \
            innodb_lock_wait_timeout = \(lockSeconds), lock_wait_timeout = \(lockSeconds), \(statementLimit)
            """
        )
        try executeText("SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED")
        let packet = try executeText("SELECT @@max_allowed_packet").rows.first?.first?.uint64
        maxAllowedPacket = packet.map(Int.init(clamping:)) ?? 0
    }

    /// The handle, when the connection is there and good.
    private func usableHandle() throws(MySQLError) -> MySQLHandle {
        thread.checkIsolated()
        guard let handle, !isBroken else { throw .connectionClosed }
        return handle
    }

    private func note<R>(_ body: (MySQLHandle) throws(MySQLError) -> R) throws(MySQLError) -> R {
        let handle = try usableHandle()
        do throws(MySQLError) {
            return try body(handle)
        } catch {
            if error.isConnectionBroken { isBroken = true }
            throw error
        }
    }

    /// True when an idle connection can't be used: the server has closed it, or has sent something nobody asked for.
    /// One system call, no exchange with the server.
    func isStale() -> Bool {
        guard let handle = try? usableHandle(), handle.socket >= 0 else { return true }
        var waiting = pollfd(fd: handle.socket, events: Int16(POLLIN), revents: 0)
        return poll(&waiting, 1, 0) != 0
    }

    // MARK: Statements

    /// Prepares the statement, unless this connection has it already, and executes it.
    /// - Throws: `tooManyRows` when there are more than `rowLimit`; `misuse` for a wrong number of parameters.
    @discardableResult
    public func execute(
        _ sql: String,
        _ parameters: [MySQLValue] = [],
        rowLimit: Int = MySQLSession.defaultRowLimit
    ) throws(MySQLError) -> MySQLOutcome {
        try note { handle throws(MySQLError) in
            defer { values.removeAll() }
            for parameter in parameters { values.append(parameter) }
            values.endRow()
            let part = MySQLRows.Part(rows: 0..<1, size: 1, zeroed: 0)
            return try execute(sql, values, part, rowLimit: rowLimit, on: handle)
        }
    }

    /// Prepares the statement, unless this connection has it already, and executes it with the values of the rows in `range`, in their
    /// order.
    /// - Parameters:
    ///   - size: how many rows the statement takes: for those that `range` has too few, its last one stands in again. Nil: as
    ///     many as `range` has.
    ///   - zeroed: how many of the last values of a row that stands in are the unsigned number 0 instead.
    /// - Throws: `tooManyRows` when the result has more than `rowLimit`; `misuse` for a wrong number of values; `malformedValue` for a
    ///   time outside the years 1 to 9999.
    @discardableResult
    public func execute(
        _ sql: String,
        _ rows: MySQLRows,
        _ range: Range<Int>,
        filledTo size: Int? = nil,
        zeroing zeroed: Int = 0,
        rowLimit: Int = MySQLSession.defaultRowLimit
    ) throws(MySQLError) -> MySQLOutcome {
        try note { handle throws(MySQLError) in
            let part = MySQLRows.Part(rows: range, size: size ?? range.count, zeroed: zeroed)
            return try execute(sql, rows, part, rowLimit: rowLimit, on: handle)
        }
    }

    private func execute(
        _ sql: String,
        _ rows: MySQLRows,
        _ part: MySQLRows.Part,
        rowLimit: Int,
        on handle: MySQLHandle
    ) throws(MySQLError) -> MySQLOutcome {
        do throws(MySQLError) {
            let statement: MySQLStatement
            if let known = statements.statement(for: sql) {
                statement = known
            } else {
                statement = try MySQLStatement(sql, on: handle)
                statements.insert(statement, for: sql)
            }
            return try statement.execute(rows, part, rowLimit: rowLimit)
        } catch {
            // Whatever state the failure left it in (1615, 1243, a lost server), the next use starts afresh.
            statements.remove(sql)
            throw error
        }
    }

    /// Sends a statement as text, for what can't be prepared: DDL of migrations, START TRANSACTION, SHOW WARNINGS.
    /// Never put a value from outside into it.
    @discardableResult
    public func executeText(
        _ sql: String,
        rowLimit: Int = MySQLSession.defaultRowLimit
    ) throws(MySQLError) -> MySQLOutcome {
        try note { handle throws(MySQLError) in
            var sql = sql
            let status = sql.withUTF8 { bytes in
                bytes.withMemoryRebound(to: CChar.self) {
                    mysql_real_query(handle.pointer, $0.baseAddress, UInt($0.count))
                }
            }
            guard status == 0 else { throw handle.lastError() }
            guard mysql_field_count(handle.pointer) > 0 else {
                return MySQLOutcome(
                    affectedRows: mysql_affected_rows(handle.pointer),
                    warningCount: handle.warningCount
                )
            }
            guard let pointer = mysql_use_result(handle.pointer) else { throw handle.lastError() }
            let result = MySQLTextResult(pointer)
            var rows: [[MySQLValue]] = []
            while let row = try result.next() {
                guard rows.count < rowLimit else {
                    throw MySQLError(code: .tooManyRows, message: "the result has more than \(rowLimit) rows")
                }
                rows.append(row)
            }
            guard mysql_errno(handle.pointer) == 0 else { throw handle.lastError() }
            return MySQLOutcome(
                affectedRows: 0,
                warningCount: handle.warningCount,
                columns: result.columns.map(\.name),
                rows: rows
            )
        }
    }

    /// The conditions of the last statement; at most 65,535, the session's `max_error_count`.
    public func warnings() throws(MySQLError) -> [MySQLWarning] {
        try executeText("SHOW WARNINGS").rows.map { row in
            MySQLWarning(
                level: row.first?.string ?? "",
                code: row.count > 1 ? UInt32(clamping: row[1].uint64 ?? 0) : 0,
                message: row.count > 2 ? row[2].string ?? "" : ""
            )
        }
    }

    // MARK: What the server says

    public var isInTransaction: Bool {
        thread.checkIsolated()
        return handle?.isInTransaction ?? false
    }

    public var isMariaDB: Bool {
        thread.checkIsolated()
        return handle?.isMariaDB ?? false
    }

    public var serverVersion: String {
        thread.checkIsolated()
        return handle?.serverVersion ?? ""
    }

    /// The server's number for this connection, as in `KILL`.
    public var connectionID: UInt64 {
        thread.checkIsolated()
        return handle?.connectionID ?? 0
    }

    /// How many prepared statements are kept.
    public var preparedStatementCount: Int {
        thread.checkIsolated()
        return statements.count
    }
}

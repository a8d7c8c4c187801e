import MySQLClient
import QueueCore

/// Rows of one table on their way into multi-row statements of the fixed sizes, each within a share of the server's packet.
struct RowBatch {
    /// A statement takes at most this share of `max_allowed_packet`.
    private static let packetShare = 4
    /// Type, length and null bit of one value, generously.
    private static let bytesPerValue = 12

    private var rows = MySQLRows()

    var count: Int { rows.count }

    mutating func append(_ row: [MySQLValue]) {
        append { values in
            for value in row { values.append(value) }
        }
    }

    /// - Parameter add: appends the values of one row; as many for every row of a batch.
    @inline(__always)
    mutating func append(_ add: (inout MySQLRows) -> Void) {
        add(&rows)
        rows.endRow()
    }

    /// Executes the rows in their order and hands each statement's outcome to `check`, with the number of its rows.
    /// - Throws: a data failure when a single row is larger than a statement may be.
    func execute(
        _ sql: MultiRowSQL,
        in session: MySQLSession,
        check: (MySQLOutcome, Int) throws(WorkFailure) -> Void = { (_, _) throws(WorkFailure) in }
    ) throws(WorkFailure) {
        try execute(sql, 0..<count, in: session, check: check)
    }

    private func execute(
        _ sql: MultiRowSQL,
        _ range: Range<Int>,
        in session: MySQLSession,
        check: (MySQLOutcome, Int) throws(WorkFailure) -> Void
    ) throws(WorkFailure) {
        let budget = Self.budget(of: session)
        var left = range
        while !left.isEmpty {
            let size = MultiRowSQL.sizes.first { size in
                size <= left.count && byteCount(of: left.prefix(size)) <= budget
            }
            guard let size else {
                throw WorkFailure(
                    .data, code: 1153,
                    message:
                        "a record of \(byteCount(of: left.prefix(1))) bytes is more than \(budget) a statement may have"
                )
            }
            try check(try run(sql, left.prefix(size), size: size, in: session), size)
            left = left.dropFirst(size)
        }
    }

    /// Executes the rows in their order, in fewer statements than `execute`: where rows are missing to a fixed size, the last row stands
    /// in once more.
    /// - Parameters:
    ///   - zeroed: how many of the last values of a row are 0 where it stands in: then it changes nothing where that row is there already.
    ///   - check: is handed each statement's outcome, with the number of its rows that are the batch's, the first ones, and of all.
    func executeFilled(
        _ sql: MultiRowSQL,
        in session: MySQLSession,
        zeroing zeroed: Int = 0,
        check: (MySQLOutcome, Int, Int) throws(WorkFailure) -> Void = { (_, _, _) throws(WorkFailure) in }
    ) throws(WorkFailure) {
        let largest = (0..<count).reduce(0) { max($0, byteCount(of: $1..<$1 + 1)) }
        for (range, size) in MultiRowSQL.fill(0..<count) {
            // Rows this long have no statement of 500; there are few of them.
            guard largest * size <= Self.budget(of: session) else {
                try execute(sql, range, in: session) { (outcome, rows) throws(WorkFailure) in
                    try check(outcome, rows, rows)
                }
                continue
            }
            try check(try run(sql, range, size: size, zeroing: zeroed, in: session), range.count, size)
        }
    }

    private func run(
        _ sql: MultiRowSQL, _ range: Range<Int>, size: Int, zeroing zeroed: Int = 0, in session: MySQLSession
    ) throws(WorkFailure) -> MySQLOutcome {
        do throws(MySQLError) {
            return try session.execute(sql.text(rows: size), rows, range, filledTo: size, zeroing: zeroed)
        } catch {
            throw WorkFailure(mysql: error)
        }
    }

    /// Bytes a statement may have.
    private static func budget(of session: MySQLSession) -> Int {
        session.maxAllowedPacket > 0 ? session.maxAllowedPacket / packetShare : .max
    }

    private func byteCount(of range: Range<Int>) -> Int {
        rows.valueCount(of: range) * Self.bytesPerValue + rows.byteCount(of: range)
    }
}

import MySQLClient
import QueueCore

/// Rows of one table on their way into multi-row statements of the fixed sizes, each within a share of the server's packet.
struct RowBatch {
    /// A statement takes at most this share of `max_allowed_packet`.
    private static let packetShare = 4
    /// Type, length and null bit of one value, generously.
    private static let bytesPerValue = 12

    /// Of all rows, one behind the other: a row is no array of its own, of which a batch has thousands.
    private var values: [MySQLValue] = []
    /// Bytes of each row.
    private var sizes: [Int] = []

    var count: Int { sizes.count }

    mutating func append(_ row: [MySQLValue]) {
        append { $0.append(contentsOf: row) }
    }

    /// - Parameter add: appends the values of one row; as many for every row of a batch.
    @inline(__always)
    mutating func append(_ add: (inout [MySQLValue]) -> Void) {
        let start = values.count
        add(&values)
        var size = 0
        for index in start..<values.count { size += Self.bytesPerValue + (values[index].byteArray?.count ?? 0) }
        sizes.append(size)
    }

    private func row(_ index: Int) -> ArraySlice<MySQLValue> { rows(index..<index + 1) }

    private func rows(_ range: Range<Int>) -> ArraySlice<MySQLValue> {
        let width = values.count / max(count, 1)
        return values[range.lowerBound * width..<range.upperBound * width]
    }

    /// Executes the rows in their order and hands each statement's outcome to `check`, with the number of its rows.
    /// - Throws: a data failure when a single row is larger than a statement may be.
    func execute(
        _ sql: MultiRowSQL,
        in session: MySQLSession,
        check: (MySQLOutcome, Int) throws(WorkFailure) -> Void = { (_, _) throws(WorkFailure) in }
    ) throws(WorkFailure) {
        let budget = session.maxAllowedPacket > 0 ? session.maxAllowedPacket / Self.packetShare : .max
        var start = 0
        while start < count {
            guard let size = MultiRowSQL.sizes.first(where: { fits($0, from: start, budget) }) else {
                throw WorkFailure(
                    .data, code: 1153,
                    message: "a record of \(sizes[start]) bytes is more than \(budget) a statement may have")
            }
            let parameters = Array(rows(start..<start + size))
            let outcome: MySQLOutcome
            do throws(MySQLError) {
                outcome = try session.execute(sql.text(rows: size), parameters)
            } catch {
                throw WorkFailure(mysql: error)
            }
            try check(outcome, size)
            start += size
        }
    }

    /// Executes the rows in their order, in fewer statements than `execute`: where rows are missing to a fixed size, the last row stands
    /// in once more.
    /// - Parameters:
    ///   - neutral: makes a row that changes nothing where that row is there already.
    ///   - check: is handed each statement's outcome, with the number of its rows that are the batch's, the first ones, and of all.
    func executeFilled(
        _ sql: MultiRowSQL,
        in session: MySQLSession,
        neutral: ([MySQLValue]) -> [MySQLValue],
        check: (MySQLOutcome, Int, Int) throws(WorkFailure) -> Void = { (_, _, _) throws(WorkFailure) in }
    ) throws(WorkFailure) {
        let largest = sizes.max() ?? 0
        for (range, size) in MultiRowSQL.fill(0..<count) {
            // Rows this long have no statement of 500; there are few of them.
            guard session.maxAllowedPacket == 0 || largest * size <= session.maxAllowedPacket / Self.packetShare else {
                var part = RowBatch()
                for index in range { part.append(Array(row(index))) }
                try part.execute(sql, in: session) { (outcome, rows) throws(WorkFailure) in
                    try check(outcome, rows, rows)
                }
                continue
            }
            var parameters = Array(rows(range))
            let filling = neutral(Array(row(range.upperBound - 1)))
            for _ in range.count..<size { parameters.append(contentsOf: filling) }
            let outcome: MySQLOutcome
            do throws(MySQLError) {
                outcome = try session.execute(sql.text(rows: size), parameters)
            } catch {
                throw WorkFailure(mysql: error)
            }
            try check(outcome, range.count, size)
        }
    }

    private func fits(_ size: Int, from start: Int, _ budget: Int) -> Bool {
        guard start + size <= count else { return false }
        return sizes[start..<start + size].reduce(0, +) <= budget
    }
}

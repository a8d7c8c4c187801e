package import Fingerprint
package import Ingest
package import MySQLClient

/// A statement with its values.
package struct ListStatement: Sendable {
    package var sql: String
    package var values: [MySQLValue]
}

/// The statements of one list. Each names the index it walks, reads nothing but that index as long as it passes over rows, and looks at
/// a bounded part of it.
package struct ListStatements: Sendable {
    let query: ErrorQuery
    private let filters: [ListFilter]

    package init(_ query: ErrorQuery) {
        self.query = query
        filters = ListFilter.all(of: query)
    }

    /// The index in the order of the list that passes over the fewest rows, as far as the query tells.
    package var ordered: ListIndex {
        if query.sort == .lastSeenAt, let filter = filters.first { return .filtered(by: filter) }
        return .all(by: query.sort)
    }

    /// Whether every row of `ordered` after the cursor belongs to the list.
    package var isExact: Bool {
        let held = query.sort == .lastSeenAt ? min(1, filters.count) : 0
        return filters.count == held && query.search == nil
            && (query.sinceMilliseconds == nil || query.sort == .lastSeenAt)
    }

    /// Indexes by `last_seen_at` that may hold few rows of the list, to be sorted when they do.
    package var narrow: [ListIndex] {
        let named = filters.map(ListIndex.filtered(by:)).filter { $0 != ordered }
        let isTimed = query.sinceMilliseconds != nil && query.sort != .lastSeenAt && filters.isEmpty
        return isTimed ? named + [.all(by: .lastSeenAt)] : named
    }

    /// Whether `index` holds all columns the list looks at: what it is sorted by, and what it is filtered by. Where it does not, the row of
    /// every entry is read.
    func covers(_ index: ListIndex) -> Bool {
        if index.filter != nil { return true }
        return index.sort == query.sort && (query.sinceMilliseconds == nil || index.sort != .firstSeenAt)
    }

    /// How many entries `index` may hold to be sorted.
    package func few(in index: ListIndex, _ limits: PageLimits) -> Int {
        covers(index) ? limits.fewEntries : limits.fewRows
    }

    // MARK: - Statements

    /// The rows of the list in `index` between two positions, at most `limit`: sort value and fingerprint, in order.
    package func candidates(
        in index: ListIndex, after cursor: ErrorCursor?, through end: ErrorCursor? = nil, limit: Int
    ) -> ListStatement {
        var conditions = Conditions()
        addRange(of: index, &conditions)
        addPositions(after: cursor, through: end, &conditions)
        addRest(besides: index, &conditions)
        return statement(
            "\(query.sort.column), e.fingerprint FROM errors e FORCE INDEX (\(index.name))", conditions, limit: limit)
    }

    /// The position `steps` entries of `index` further, whether they belong to the list or not; no row at the end of the index.
    package func position(in index: ListIndex, after cursor: ErrorCursor?, steps: Int) -> ListStatement {
        var conditions = Conditions()
        addRange(of: index, &conditions)
        addPositions(after: cursor, through: nil, &conditions)
        return statement(
            "\(query.sort.column), e.fingerprint FROM errors e FORCE INDEX (\(index.name))", conditions, limit: 1,
            offset: steps - 1)
    }

    /// One row when `index` holds more than `entries` of what the list may have.
    package func exceeds(_ entries: Int, in index: ListIndex) -> ListStatement {
        var conditions = Conditions()
        addRange(of: index, &conditions)
        conditions.values += [.int(1), .int(Int64(entries))]
        return ListStatement(
            sql: "SELECT 1 FROM errors e FORCE INDEX (\(index.name))\(conditions.whereClause) LIMIT ? OFFSET ?",
            values: conditions.values)
    }

    /// Which of `count` fingerprints are in the list after a position: sort value and fingerprint, in no order. The fingerprints are
    /// the first values.
    package func chosen(_ fingerprints: [Fingerprint], after cursor: ErrorCursor?) -> ListStatement {
        var conditions = Conditions()
        let places = Array(repeating: "?", count: fingerprints.count).joined(separator: ",")
        conditions.add("e.fingerprint IN (\(places))", fingerprints.map { .bytes($0.bytes) })
        addPositions(after: cursor, through: nil, &conditions)
        for filter in filters { conditions.add(filter.condition, [filter.value]) }
        addSince(&conditions)
        addBits(&conditions)
        let sql = """
            SELECT \(query.sort.column), e.fingerprint FROM errors e FORCE INDEX (PRIMARY)\(conditions.whereClause)
            """
        return ListStatement(sql: sql, values: conditions.values)
    }

    /// The rows of errors as they are shown; `count` of fingerprints is one of the fixed numbers of rows.
    package static func rows(of fingerprints: [Fingerprint]) -> ListStatement {
        ListStatement(
            sql: Statements.selectErrors.text(rows: fingerprints.count), values: fingerprints.map { .bytes($0.bytes) })
    }

    // MARK: - Parts

    private struct Conditions {
        var texts: [String] = []
        var values: [MySQLValue] = []

        mutating func add(_ text: String, _ values: [MySQLValue]) {
            texts.append(text)
            self.values += values
        }

        var whereClause: String { texts.isEmpty ? "" : " WHERE " + texts.joined(separator: " AND ") }
    }

    private func statement(
        _ columns: String, _ conditions: Conditions, limit: Int, offset: Int? = nil
    ) -> ListStatement {
        var values = conditions.values + [.int(Int64(limit))]
        if let offset { values.append(.int(Int64(offset))) }
        let sql = """
            SELECT \(columns)\(conditions.whereClause) ORDER BY \(query.sort.column) DESC, e.fingerprint DESC LIMIT ?\
            \(offset == nil ? "" : " OFFSET ?")
            """
        return ListStatement(sql: sql, values: values)
    }

    /// What the server finds by the order of the index.
    private func addRange(of index: ListIndex, _ conditions: inout Conditions) {
        if let filter = index.filter { conditions.add(filter.condition, [filter.value]) }
        if index.sort == .lastSeenAt { addSince(&conditions) }
    }

    /// What it reads from the entries of the index.
    private func addRest(besides index: ListIndex, _ conditions: inout Conditions) {
        for filter in filters where filter != index.filter { conditions.add(filter.condition, [filter.value]) }
        if index.sort != .lastSeenAt { addSince(&conditions) }
        addBits(&conditions)
    }

    private func addSince(_ conditions: inout Conditions) {
        guard let since = query.sinceMilliseconds else { return }
        conditions.add("e.last_seen_at >= ?", [ErrorQuery.Sort.lastSeenAt.columnValue(since)])
    }

    private func addBits(_ conditions: inout Conditions) {
        guard let bits = query.search?.bits else { return }
        for (column, value) in [("low", bits.low), ("high", bits.high)] where value != 0 {
            conditions.add("e.word_bits_\(column) & ? = ?", [.uint(value), .uint(value)])
        }
    }

    private func addPositions(
        after cursor: ErrorCursor?, through end: ErrorCursor?, _ conditions: inout Conditions
    ) {
        let column = query.sort.column
        if let cursor {
            let value = query.sort.columnValue(cursor.value)
            conditions.add(
                "(\(column) < ? OR (\(column) = ? AND e.fingerprint < ?))",
                [value, value, .bytes(cursor.fingerprint.bytes)])
        }
        if let end {
            let value = query.sort.columnValue(end.value)
            conditions.add(
                "(\(column) > ? OR (\(column) = ? AND e.fingerprint >= ?))",
                [value, value, .bytes(end.fingerprint.bytes)])
        }
    }
}

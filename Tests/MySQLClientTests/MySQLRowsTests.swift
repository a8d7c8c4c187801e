import MySQLClient
import Testing

@Suite struct MySQLRowsTests {
    private static func rows(_ fill: (inout MySQLRows) -> Void) -> MySQLRows {
        var rows = MySQLRows()
        fill(&rows)
        return rows
    }

    /// Rows of an id and a number.
    private static func pairs(_ pairs: [(Int64, UInt64)]) -> MySQLRows {
        rows { rows in
            for (id, number) in pairs {
                rows.append(int: id)
                rows.append(uint: number)
                rows.endRow()
            }
        }
    }

    private static let template = "INSERT INTO t VALUES {(?, ?)} ON DUPLICATE KEY UPDATE n = n + VALUES(n)"

    private static func database() async throws -> TestDatabase {
        let database = try await TestDatabase.make(size: 1)
        try await database.execute("CREATE TABLE t (id INT PRIMARY KEY, n BIGINT UNSIGNED NOT NULL)")
        return database
    }

    /// Executes the template for `size` rows.
    @discardableResult
    private static func upsert(
        _ rows: MySQLRows, _ range: Range<Int>, size: Int, zeroing: Int = 0, in database: TestDatabase
    ) async throws(MySQLError) -> MySQLOutcome {
        let sql = try MultiRowSQL(template: template).text(rows: size)
        return try await database.pool.withConnection("test") { connection throws(MySQLError) in
            try connection.session.execute(sql, rows, range, filledTo: size, zeroing: zeroing)
        }
    }

    private static func stored(_ database: TestDatabase) async throws -> [[MySQLValue]] {
        try await database.execute("SELECT id, n FROM t ORDER BY id").rows
    }

    @Test func everyKindOfValueComesBackAsItWasSent() async throws {
        let database = try await TestDatabase.make(size: 1)
        try await database.execute(
            """
            CREATE TABLE t (id INT, a BIGINT, b BIGINT UNSIGNED, c DOUBLE, d VARBINARY(300), e TEXT, f DATETIME(3), \
            g BINARY(3), h VARCHAR(10), i LONGBLOB)
            """)
        let bytes = (0...255).map(UInt8.init)
        let rows = Self.rows { rows in
            for id: Int64 in 0..<3 {
                rows.append(int: id)
                rows.append(int: id == 0 ? .min : -1)
                rows.append(uint: id == 0 ? .max : 1)
                rows.append(double: -0.1)
                rows.append(bytes: bytes[Int(id)...])
                rows.append(text: "añ💥\u{0}'\\".utf8)
                rows.append(dateTime: id == 0 ? -62_135_596_800_000 : 253_402_300_799_999)
                // Not contiguous in memory.
                rows.append(bytes: [7, 8, 9].lazy.map { UInt8($0) })
                rows.append(text: Array("abc".utf8).reversed())
                bytes.withUnsafeBytes { rows.append(bytes: UnsafeRawBufferPointer(rebasing: $0[..<5])) }
                rows.endRow()
            }
            // Empty is not NULL.
            rows.append(int: 3)
            for _ in 0..<3 { rows.appendNull() }
            rows.append(bytes: [])
            rows.append(text: [])
            for _ in 0..<3 { rows.appendNull() }
            rows.append(bytes: UnsafeRawBufferPointer(start: nil, count: 0))
            rows.endRow()
        }
        #expect(rows.count == 4)
        try await database.pool.withConnection("test") { connection throws(MySQLError) in
            let values = Array(repeating: "(?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", count: 2).joined(separator: ",")
            for start in [0, 2] {
                try connection.session.execute("INSERT INTO t VALUES \(values)", rows, start..<start + 2)
            }
        }
        let stored = try await database.execute("SELECT * FROM t ORDER BY id").rows
        let full = (0..<3).map { id -> [MySQLValue] in
            [
                .int(Int64(id)), .int(id == 0 ? .min : -1), .uint(id == 0 ? .max : 1), .double(-0.1),
                .bytes(Array(bytes[id...])), .string("añ💥\u{0}'\\"),
                .dateTime(milliseconds: id == 0 ? -62_135_596_800_000 : 253_402_300_799_999), .bytes([7, 8, 9]),
                .string("cba"), .bytes([0, 1, 2, 3, 4]),
            ]
        }
        let sparse: [MySQLValue] = [
            .int(3), .null, .null, .null, .bytes([]), .text([]), .null, .null, .null, .bytes([]),
        ]
        #expect(stored == full + [sparse])
    }

    @Test func anArrayOfValuesIsARowToo() async throws {
        let values: [MySQLValue] = [
            .null, .int(-1), .uint(.max), .double(0.5), .bytes([0, 255]), .string("é"), .dateTime(milliseconds: 1),
        ]
        let rows = Self.rows { rows in
            for value in values { rows.append(value) }
            rows.endRow()
        }
        let database = try await TestDatabase.make(size: 1)
        let sql = "SELECT ?, ?, ?, ?, ?, ?, ?"
        let (both, single) = try await database.pool.withConnection("test") { connection throws(MySQLError) in
            (try connection.session.execute(sql, rows, 0..<1).rows, try connection.execute(sql, values).rows)
        }
        #expect(both == single)
        #expect(both.first?.count == values.count)
    }

    @Test func countsItsRows() {
        var rows = Self.pairs([(1, 1), (2, 2)])
        rows.append(bytes: [1, 2, 3])
        rows.append(text: "four".utf8)
        rows.appendNull()
        rows.append(dateTime: 0)
        #expect(rows.count == 2)
        rows.endRow()
        #expect(rows.count == 3)
        #expect(rows.valueCount(of: 0..<2) == 4)
        #expect(rows.valueCount(of: 2..<3) == 4)
        #expect(rows.valueCount(of: 1..<1) == 0)
        #expect(rows.byteCount(of: 0..<2) == 0)
        #expect(rows.byteCount(of: 0..<3) == 7)
        rows.removeAll()
        #expect(rows.count == 0)
        rows.append(bytes: [1])
        rows.endRow()
        #expect(rows.byteCount(of: 0..<1) == 1)
    }

    // MARK: - Parts

    @Test func aStatementTakesARangeOfTheRows() async throws {
        let database = try await Self.database()
        let rows = Self.pairs((0..<20).map { ($0, UInt64($0) * 10) })
        try await Self.upsert(rows, 2..<18, size: 16, in: database)
        #expect(try await Self.stored(database) == (2..<18).map { [.int($0), .uint(UInt64($0) * 10)] })
    }

    @Test func theLastRowFillsUpWithZeros() async throws {
        let database = try await Self.database()
        let rows = Self.pairs((0..<12).map { ($0, 5) })
        for round in 1...2 {
            try await Self.upsert(rows, 0..<10, size: 16, zeroing: 1, in: database)
            #expect(try await Self.stored(database) == (0..<10).map { [.int($0), .uint(UInt64(round) * 5)] })
        }
    }

    @Test func theLastRowFillsUpAsItIs() async throws {
        let database = try await Self.database()
        try await Self.upsert(Self.pairs([(1, 5), (2, 5)]), 0..<2, size: 16, in: database)
        #expect(try await Self.stored(database) == [[.int(1), .uint(5)], [.int(2), .uint(75)]])
    }

    // MARK: - Mistakes

    @Test(arguments: [0..<0, 0..<15, 0..<17, 3..<20])
    func aWrongNumberOfValuesIsRefused(range: Range<Int>) async throws {
        let database = try await Self.database()
        let rows = Self.pairs((0..<20).map { ($0, 1) })
        let sql = try MultiRowSQL(template: Self.template).text(rows: 16)
        let error = await #expect(throws: MySQLError.self) {
            try await database.pool.withConnection("test") { connection throws(MySQLError) in
                try connection.session.execute(sql, rows, range)
            }
        }
        #expect(error?.code == .misuse)
        #expect(error?.message == "the statement takes 32 parameters, \(2 * range.count) were given")
        try await Self.upsert(rows, 0..<16, size: 16, in: database)
        #expect(try await Self.stored(database).count == 16)
    }

    @Test(arguments: [Int64.min, -62_135_596_800_001, 253_402_300_800_000, .max])
    func aTimeOutsideTheCalendarIsRefused(milliseconds: Int64) async throws {
        let database = try await TestDatabase.make(size: 1)
        let rows = Self.rows { rows in
            for time in [0, milliseconds, 1] {
                rows.append(dateTime: time)
                rows.endRow()
            }
        }
        let error = await #expect(throws: MySQLError.self) {
            try await database.pool.withConnection("test") { connection throws(MySQLError) in
                try connection.session.execute("SELECT ?", rows, 1..<2)
            }
        }
        #expect(error?.code == .malformedValue)
        #expect(error?.message == "\(milliseconds) ms lies outside the years 1 to 9999")
        // The other rows are as good as they were.
        let good = try await database.pool.withConnection("test") { connection throws(MySQLError) in
            try connection.session.execute("SELECT ?", rows, 2..<3).rows
        }
        #expect(good.count == 1)
    }

    // MARK: - Memory

    @Test func smallStatementsFollowALargeOne() async throws {
        let database = try await TestDatabase.make(size: 1)
        let large = Array(repeating: UInt8(7), count: 3 << 20)
        var rows = MySQLRows()
        for bytes in [large, [1], [], large, [2, 3]] {
            rows.append(bytes: bytes)
            rows.endRow()
            let filled = rows
            let found = try await database.pool.withConnection("test") { connection throws(MySQLError) in
                [
                    try connection.session.execute("SELECT OCTET_LENGTH(?)", filled, 0..<1).rows,
                    try connection.execute("SELECT OCTET_LENGTH(?)", [.bytes(bytes)]).rows,
                ]
            }
            #expect(found.map { $0[0][0].int64 } == [Int64(bytes.count), Int64(bytes.count)])
            rows.removeAll()
        }
    }
}

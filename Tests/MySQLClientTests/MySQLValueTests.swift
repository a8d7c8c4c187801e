import MySQLClient
import Testing

@Suite struct MySQLValueTests {
    /// A column type and a value for it; shown by its type, since some values are long.
    struct Sample: Sendable, CustomTestStringConvertible {
        let type: String
        let value: MySQLValue

        init(_ type: String, _ value: MySQLValue) {
            self.type = type
            self.value = value
        }

        var testDescription: String { "\(type), \(value.byteArray.map { "\($0.count) bytes" } ?? "\(value)")" }
    }

    @Test(
        arguments: ([
            ("BIGINT", .int(.min)), ("BIGINT", .int(.max)), ("TINYINT", .int(-128)), ("INT", .int(-1)),
            ("BIGINT UNSIGNED", .uint(.max)), ("SMALLINT UNSIGNED", .uint(65_535)), ("YEAR", .uint(2026)),
            ("DOUBLE", .double(-0.1)), ("DOUBLE", .double(.greatestFiniteMagnitude)),
            ("VARBINARY(256)", .bytes((0...255).map(UInt8.init))), ("BINARY(3)", .bytes([0, 255, 39])),
            ("LONGBLOB", .bytes(Array(repeating: 7, count: 300_000))), ("BLOB", .bytes([])),
            ("VARCHAR(10)", .string("añ💥\u{0}'\\")), ("TEXT", .text([])),
            ("MEDIUMTEXT", .text(Array(repeating: UInt8(ascii: "x"), count: 257))),
            ("MEDIUMTEXT", .text(Array(repeating: UInt8(ascii: "x"), count: 256))),
            ("MEDIUMTEXT", .text(Array(repeating: UInt8(ascii: "y"), count: 262_144))),
            ("JSON", .string(#"{"a": [1, "é"]}"#)), ("DECIMAL(10,2)", .string("12.50")),
            ("DATETIME(3)", .dateTime(milliseconds: 1_735_689_599_999)),
            ("DATETIME(3)", .dateTime(milliseconds: -62_135_596_800_000)),
            ("DATETIME(3)", .dateTime(milliseconds: 253_402_300_799_999)),
            ("DATETIME", .dateTime(milliseconds: 1_735_689_599_000)), ("INT", .null), ("DATETIME(3)", .null),
            ("TEXT", .null),
        ] as [(String, MySQLValue)]).map(Sample.init))
    func comesBackAsItWasSent(sample: Sample) async throws {
        let value = sample.value
        let database = try await TestDatabase.make(size: 1)
        try await database.execute("CREATE TABLE t (a INT NOT NULL, v \(sample.type))")
        try await database.execute("INSERT INTO t VALUES (?, ?)", [.int(1), value])
        let prepared = try await database.execute("SELECT a, v, a FROM t")
        #expect(prepared.rows == [[.int(1), value, .int(1)]])
        #expect(prepared.columns == ["a", "v", "a"])
        let text = try await database.pool.withConnection("test") { connection throws(MySQLError) in
            try connection.executeText("SELECT v FROM t")
        }
        #expect(text.rows == [[value]])
    }

    @Test func theServerReckonsTheSameDates() async throws {
        let database = try await TestDatabase.make(size: 1)
        try await database.execute("CREATE TABLE t (id INT, v DATETIME(3))")
        var random = SystemRandomNumberGenerator()
        let times = (0..<1_000).map { _ in Int64.random(in: MySQLDateTime.representable, using: &random) }
        for (id, time) in times.enumerated() {
            try await database.execute(
                "INSERT INTO t VALUES (?, ?)", [.int(Int64(id)), .dateTime(milliseconds: time)]
            )
        }
        let rows = try await database.execute(
            "SELECT TIMESTAMPDIFF(MICROSECOND, '1970-01-01 00:00:00', v), v FROM t ORDER BY id"
        ).rows
        #expect(rows.map { $0[0].int64.map { $0 / 1_000 } } == times)
        #expect(rows.map { $0[1].dateTimeMilliseconds } == times)
    }

    @Test func longAndShortValuesMixAcrossRows() async throws {
        let database = try await TestDatabase.make(size: 1)
        try await database.execute("CREATE TABLE t (id INT, a MEDIUMTEXT, b VARBINARY(400))")
        let lengths = [0, 1, 255, 256, 257, 100_000, 3]
        for (id, length) in lengths.enumerated() {
            try await database.execute(
                "INSERT INTO t VALUES (?, ?, ?)",
                [
                    .int(Int64(id)), .text(Array(repeating: 97, count: length)),
                    id == 2 ? .null : .bytes(Array(repeating: UInt8(id), count: min(length, 400))),
                ]
            )
        }
        let rows = try await database.execute("SELECT a, b FROM t ORDER BY id").rows
        #expect(rows.map { $0[0].byteArray?.count } == lengths)
        #expect(rows.map { $0[1].byteArray?.count } == [0, 1, nil, 256, 257, 400, 3])
    }

    @Test func aDateOutsideTheCalendarIsRefusedBeforeItIsSent() async throws {
        let database = try await TestDatabase.make(size: 1)
        let error = await #expect(throws: MySQLError.self) {
            try await database.execute("SELECT ?", [.dateTime(milliseconds: .max)])
        }
        #expect(error?.code == .malformedValue)
    }
}

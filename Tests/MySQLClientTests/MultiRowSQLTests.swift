import MySQLClient
import Testing

@Suite struct MultiRowSQLTests {
    @Test(arguments: [0, 1, 15, 16, 17, 127, 128, 499, 500, 501, 1000, 1_161])
    func splitsCoverTheRangeInFixedSizes(count: Int) {
        let parts = MultiRowSQL.split(3..<3 + count)
        #expect(parts.flatMap(Array.init) == Array(3..<3 + count))
        #expect(parts.allSatisfy { MultiRowSQL.sizes.contains($0.count) })
    }

    @Test(arguments: 0...1_100)
    func filledPartsCoverTheRangeAndAreMostlyRows(count: Int) {
        let parts = MultiRowSQL.fill(3..<3 + count)
        #expect(parts.flatMap { Array($0.rows) } == Array(3..<3 + count))
        #expect(parts.allSatisfy { MultiRowSQL.sizes.contains($0.size) && $0.rows.count <= $0.size })
        #expect(parts.reduce(0) { $0 + $1.size } <= 2 * count)
        #expect(parts.dropLast().allSatisfy { $0.rows.count == $0.size })
        #expect(parts.count <= MultiRowSQL.split(3..<3 + count).count)
        #expect(parts.count <= 13)
    }

    @Test func theLastItemStandsInForThoseThatAreMissing() {
        #expect(MultiRowSQL.filled([Int]()).isEmpty)
        #expect(MultiRowSQL.filled([7]) == [[7]])
        let parts = MultiRowSQL.filled(Array(0..<29))
        #expect(parts == [Array(0..<16), Array(16..<29) + [28, 28, 28]])
    }

    @Test func repeatsTheRow() throws {
        let sql = try MultiRowSQL(template: "INSERT INTO t (a, b) VALUES {(?, ?)} ON DUPLICATE KEY UPDATE a = a")
        #expect(sql.text(rows: 1) == "INSERT INTO t (a, b) VALUES (?, ?) ON DUPLICATE KEY UPDATE a = a")
        #expect(sql.text(rows: 16).filter { $0 == "?" }.count == 32)
        #expect(sql.text(rows: 500).hasSuffix("(?, ?) ON DUPLICATE KEY UPDATE a = a"))
    }

    @Test(arguments: ["SELECT 1", "a {b", "a {b} {c}", "a {} c", "a } b {c"])
    func badTemplates(template: String) {
        #expect(throws: MySQLError.self) { try MultiRowSQL(template: template) }
    }
}

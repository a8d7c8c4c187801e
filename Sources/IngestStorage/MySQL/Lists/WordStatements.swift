import Fingerprint
package import Ingest
import MySQLClient

/// The SQL of `error_words`.
package enum WordStatements {
    static let insert = Statements.rows("insert_error_words")

    /// The weeks that have words; one look at the index for each.
    package static let weeks = ListStatement(sql: "SELECT DISTINCT week FROM error_words", values: [])

    /// The errors that have a word starting with `word`, at most `limit`; an error may come more than once.
    package static func errors(with word: SearchWord, weeks: [Int64], limit: Int) -> ListStatement {
        rows("fingerprint", word, weeks, end: "LIMIT ?", limit)
    }

    /// A row if more than `count` words start with `word`: told without sending that many.
    package static func exceeds(_ count: Int, with word: SearchWord, weeks: [Int64]) -> ListStatement {
        rows("1", word, weeks, end: "LIMIT 1 OFFSET ?", count)
    }

    private static func rows(
        _ columns: String, _ word: SearchWord, _ weeks: [Int64], end: String, _ count: Int
    ) -> ListStatement {
        // Written into the statement: their number would have to be there in any case, and they change once a week.
        let list = weeks.isEmpty ? "NULL" : weeks.map(String.init).joined(separator: ",")
        return ListStatement(
            sql: "SELECT \(columns) FROM error_words WHERE week IN (\(list)) AND word >= ? AND word < ? \(end)",
            // No UTF-8 has the byte 0xFF.
            values: [.bytes(word.bytes), .bytes(word.bytes + [0xFF]), .int(Int64(count))])
    }

    /// The segment of an error received at a time, Unix milliseconds.
    static func week(receivedMilliseconds: Int64) -> Int64 {
        min(max(0, receivedMilliseconds / 604_800_000), Int64(UInt16.max))
    }

    /// The rows of one error.
    static func rows(
        _ fingerprint: [UInt8], _ text: SearchText, receivedMilliseconds: Int64
    ) -> [[MySQLValue]] {
        let week = MySQLValue.int(week(receivedMilliseconds: receivedMilliseconds))
        return text.indexedWords.map { [week, .bytes($0.bytes), .bytes(fingerprint)] }
    }
}

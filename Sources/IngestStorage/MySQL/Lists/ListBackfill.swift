import Ingest
import MySQLClient

/// The second half of migration 5: words and facets of errors that were stored before it. A run that was cut off is taken up where it
/// ended.
struct ListBackfill {
    static let migration = 5
    /// Errors in one transaction.
    private static let batch = 500

    let session: MySQLSession

    func run() throws(StoreFailure) {
        var last = MySQLValue.bytes([])
        while true {
            let rows = try execute(Statements.selectUnlistedErrors, [last, .int(Int64(Self.batch))]).rows
            guard let end = rows.last?.first else { return }
            try store(rows)
            last = end
        }
    }

    private func store(_ rows: [[MySQLValue]]) throws(StoreFailure) {
        var words: [[MySQLValue]] = []
        var facets: Set<Facet> = []
        var bits: [[MySQLValue]] = []
        for row in rows {
            guard row.count == 8, let fingerprint = row[0].byteArray, let received = row[3].dateTimeMilliseconds else {
                throw StoreFailure(.corrupt, "a row of error_details has a shape no version of this service writes")
            }
            let text = SearchText(type: row[1].byteArray, message: row[2].byteArray)
            words += WordStatements.rows(fingerprint, text, receivedMilliseconds: received)
            bits.append([.uint(text.bits.low), .uint(text.bits.high), row[0]])
            facets.formUnion(
                Facet.all(
                    project: row[4].byteArray, service: row[5].byteArray, environment: row[6].byteArray,
                    release: row[7].byteArray, receivedMilliseconds: received))
        }
        do throws(MySQLError) { try session.begin() } catch { throw StoreFailure(mysql: error) }
        for values in bits { _ = try execute(Statements.updateWordBits, values) }
        for range in MultiRowSQL.split(0..<words.count) {
            _ = try execute(WordStatements.insert.text(rows: range.count), Array(words[range].joined()))
        }
        let sorted = facets.sorted()
        for range in MultiRowSQL.split(0..<sorted.count) {
            _ = try execute(FacetStatements.upsert.text(rows: range.count), sorted[range].flatMap(\.row))
        }
        do throws(MySQLError) { try session.commit() } catch { throw StoreFailure(mysql: error) }
    }

    private func execute(_ sql: String, _ values: [MySQLValue]) throws(StoreFailure) -> MySQLOutcome {
        do throws(MySQLError) {
            return try session.execute(sql, values)
        } catch {
            throw StoreFailure(mysql: error)
        }
    }
}

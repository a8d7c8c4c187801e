import Fingerprint
import Ingest
import MySQLClient
import QueueCore

/// Puts the words of new errors into the index, inside the worker's transaction.
///
/// Only an error whose details came from this batch gets words: later reports of it have other words, which nobody could find again.
struct ErrorWordRows {
    let session: MySQLSession

    /// - Parameters:
    ///   - records: sorted by fingerprint, one for each, after their details were inserted.
    ///   - newCount: how many of the details were new.
    func store(_ records: [(record: ErrorRecord, text: SearchText)], newCount: Int) throws(WorkFailure) {
        var new = records[...]
        if newCount == 0 { return }
        if newCount < records.count {
            let own = try own(records.map(\.record))
            new = records.filter { own.contains($0.record.fingerprint) }[...]
        }
        var rows: [[MySQLValue]] = []
        for (record, text) in new {
            rows += WordStatements.rows(
                record.fingerprint.bytes, text, receivedMilliseconds: record.receivedMilliseconds)
        }
        var batch = RowBatch()
        for row in rows.sorted(by: Self.precedes) { batch.append(row) }
        try batch.insertUnknown(WordStatements.insert, in: session)
    }

    /// The order of the primary key.
    private static func precedes(_ one: [MySQLValue], _ other: [MySQLValue]) -> Bool {
        let (week, otherWeek) = (one[0].int64 ?? 0, other[0].int64 ?? 0)
        if week != otherWeek { return week < otherWeek }
        for column in 1...2 where one[column] != other[column] {
            return (one[column].byteArray ?? []).lexicographicallyPrecedes(other[column].byteArray ?? [])
        }
        return false
    }

    /// The errors whose stored details are those of these records, whether stored now or by an earlier attempt.
    private func own(_ records: [ErrorRecord]) throws(WorkFailure) -> Set<Fingerprint> {
        var own: Set<Fingerprint> = []
        for range in MultiRowSQL.split(0..<records.count) {
            let sql = Statements.selectDetailEvents.text(rows: range.count)
            let events: [[MySQLValue]]
            do throws(MySQLError) {
                events = try session.execute(sql, records[range].map { .bytes($0.fingerprint.bytes) }).rows
            } catch {
                throw WorkFailure(mysql: error)
            }
            let stored = Dictionary(events.map { ($0[0], $0[1...2]) }, uniquingKeysWith: { first, _ in first })
            for record in records[range] {
                // Not the event id alone: a client may use one again, with another text, long after it is forgotten. Words of a text
                // that is not stored would stay for ever, since they are deleted by the text.
                let event: [MySQLValue] = [
                    .bytes(record.texts[.eventId].map(Array.init) ?? []),
                    .dateTime(milliseconds: record.receivedMilliseconds),
                ]
                if stored[.bytes(record.fingerprint.bytes)]?.elementsEqual(event) == true {
                    own.insert(record.fingerprint)
                }
            }
        }
        return own
    }
}

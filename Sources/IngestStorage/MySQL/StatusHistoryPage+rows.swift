import Ingest
import MySQLClient

extension StatusHistoryPage {
    /// Rows of `select_status_changes.sql`, one more than `limit` when there is a next page.
    init(rows: [[MySQLValue]], limit: Int) throws(StoreFailure) {
        var entries: [Entry] = []
        for row in rows.prefix(limit) {
            guard row.count == 6, let key = row[0].byteArray.flatMap(TimeOrderedKey.init(bytes:)),
                let changed = row[1].dateTimeMilliseconds,
                let from = row[2].string.flatMap(ErrorStatus.init(rawValue:)),
                let to = row[3].string.flatMap(ErrorStatus.init(rawValue:)), let by = row[4].string
            else {
                throw StoreFailure(.corrupt, "a row of status_changes has a shape no version of this service writes")
            }
            entries.append(
                Entry(
                    key: key, changedMilliseconds: changed,
                    step: StatusTransition.Step(from: from, to: to, by: by, release: row[5].string)))
        }
        self.init(entries: entries, nextCursor: rows.count > limit ? entries.last?.key : nil)
    }
}

import Ingest
import MySQLClient

extension RetentionSession {
    /// Deletes errors not seen since the cutoff, with all that belongs to them, and keeps a summary row of each.
    ///
    /// Everybody who writes about an error takes the lock of its row in `errors` first and keeps it to the end of the transaction: the
    /// worker by inserting it, the sync by adding to it, a change of status by updating it. So once that lock is ours:
    /// - who came before has committed. A sync has moved `last_seen_at`, which is looked at again under the lock. A worker has moved
    ///   nothing but inserted an occurrence, which is looked for after the lock (READ COMMITTED: each statement sees what was committed
    ///   when it began). Otherwise a worker's details could go, and the sync would bring back the row without them;
    /// - who comes after waits, finds nothing, and inserts a new row with its details.
    func deleteErrors(
        before cutoff: Int64, limit: Int, after position: RetentionPosition?
    ) throws(StoreFailure) -> RetentionStep {
        let from = MySQLValue.dateTime(milliseconds: position?.milliseconds ?? 0)
        let old = try run(
            RetentionStatements.selectOldErrors,
            [from, .dateTime(milliseconds: cutoff), from, .bytes(position?.key ?? []), .int(Int64(limit))]
        ).rows
        guard let last = old.last else { return RetentionStep(deleted: [:], next: nil) }
        let fingerprints = old.map { $0[1] }
        let deleted = try transaction { () throws(StoreFailure) in
            try deleteErrors(fingerprints, before: .dateTime(milliseconds: cutoff))
        }
        guard old.count >= limit, let milliseconds = last[0].dateTimeMilliseconds, let key = last[1].byteArray else {
            return RetentionStep(deleted: deleted, next: nil)
        }
        return RetentionStep(deleted: deleted, next: RetentionPosition(milliseconds: milliseconds, key: key))
    }

    private func deleteErrors(
        _ fingerprints: [MySQLValue], before cutoff: MySQLValue
    ) throws(StoreFailure) -> [String: Int] {
        var locked: [MySQLValue] = []
        try run(RetentionStatements.lockOldErrors, fingerprints, [cutoff]) { (outcome) throws(StoreFailure) in
            locked += outcome.rows.map { $0[0] }
        }
        var seenAgain: Set<MySQLValue> = []
        try run(RetentionStatements.selectSeenAgain, locked, [cutoff]) { (outcome) throws(StoreFailure) in
            for row in outcome.rows { seenAgain.insert(row[0]) }
        }
        let gone = locked.filter { !seenAgain.contains($0) }
        try run(RetentionStatements.insertForgotten, gone) { (_) throws(StoreFailure) in }
        var deleted = ["error_words": try run(RetentionStatements.deleteWords, try words(gone))]
        for (table, sql) in RetentionStatements.deleteErrors {
            try run(sql, gone) { (outcome) throws(StoreFailure) in
                deleted[table, default: 0] += Int(clamping: outcome.affectedRows)
            }
        }
        guard deleted["errors", default: 0] == gone.count else {
            // Their rows were locked: this cannot happen, and must not be committed if it does.
            throw StoreFailure(.corrupt, "\(gone.count) locked errors, \(deleted["errors", default: 0]) deleted")
        }
        return deleted
    }

    /// The keys of these errors in the full-text index, which has no other way to find them; in the order of the primary key.
    private func words(_ fingerprints: [MySQLValue]) throws(StoreFailure) -> [[MySQLValue]] {
        var keys: [(week: Int64, bytes: [UInt8], row: [MySQLValue])] = []
        try run(RetentionStatements.selectTexts, fingerprints) { (outcome) throws(StoreFailure) in
            for row in outcome.rows {
                guard let fingerprint = row[0].byteArray, let received = row[3].dateTimeMilliseconds else { continue }
                let text = SearchText(type: row[1].byteArray, message: row[2].byteArray)
                for key in WordStatements.rows(fingerprint, text, receivedMilliseconds: received) {
                    // A word ends before a longer one that starts with it.
                    let bytes = (key[1].byteArray ?? []) + [0] + fingerprint
                    keys.append((key[0].int64 ?? 0, bytes, key))
                }
            }
        }
        keys.sort { one, other in
            one.week == other.week ? one.bytes.lexicographicallyPrecedes(other.bytes) : one.week < other.week
        }
        return keys.map(\.row)
    }

    /// Deletes samples received before the cutoff, but never the first and the latest one of an error: they stay as long as it does.
    ///
    /// The worker that thins an error's samples keeps these two as well, so whatever lies between them stays between them.
    func deleteOccurrences(
        before cutoff: Int64, limit: Int, after position: RetentionPosition?
    ) throws(StoreFailure) -> RetentionStep {
        let from = MySQLValue.dateTime(milliseconds: position?.milliseconds ?? 0)
        let fingerprint = MySQLValue.bytes(Array((position?.key ?? []).prefix(32)))
        let id = MySQLValue.bytes(Array((position?.key ?? []).dropFirst(32)))
        let old = try run(
            RetentionStatements.selectOldOccurrences,
            [from, .dateTime(milliseconds: cutoff), from, fingerprint, fingerprint, id, .int(Int64(limit))]
        ).rows
        guard let last = old.last else { return RetentionStep(deleted: [:], next: nil) }
        let between = try between(old)
        var gone = 0
        if !between.isEmpty {
            gone = try transaction { () throws(StoreFailure) in
                try run(RetentionStatements.deleteOccurrences, between)
            }
        }
        guard old.count >= limit, let milliseconds = last[0].dateTimeMilliseconds,
            let lastFingerprint = last[1].byteArray, let lastID = last[2].byteArray
        else { return RetentionStep(deleted: ["occurrences": gone], next: nil) }
        return RetentionStep(
            deleted: ["occurrences": gone],
            next: RetentionPosition(milliseconds: milliseconds, key: lastFingerprint + lastID))
    }

    /// The keys of the rows that are neither their error's first nor its latest, in the order of the primary key: who locks several
    /// rows does so in this order.
    private func between(_ rows: [[MySQLValue]]) throws(StoreFailure) -> [[MySQLValue]] {
        let fingerprints = Array(Set(rows.map { $0[1] }))
        var ends: [MySQLValue: (first: [UInt8], latest: [UInt8])] = [:]
        try run(RetentionStatements.selectEnds, fingerprints) { (outcome) throws(StoreFailure) in
            for row in outcome.rows { ends[row[0]] = (row[1].byteArray ?? [], row[2].byteArray ?? []) }
        }
        let keys = rows.compactMap { row -> (fingerprint: [UInt8], id: [UInt8])? in
            guard let end = ends[row[1]], let fingerprint = row[1].byteArray, let id = row[2].byteArray,
                end.first.lexicographicallyPrecedes(id), id.lexicographicallyPrecedes(end.latest)
            else { return nil }
            return (fingerprint, id)
        }
        return keys.sorted { ($0.fingerprint + $0.id).lexicographicallyPrecedes($1.fingerprint + $1.id) }
            .map { [.bytes($0.fingerprint), .bytes($0.id)] }
    }
}

import Fingerprint
import Ingest
import MySQLClient
import QueueCore

/// Keeps samples of the occurrences of a batch, inside the worker's transaction.
///
/// The transaction has the rows of these errors in `errors` locked by now: two workers with samples of one error follow each
/// other, and the second one's look at the keys sees what the first one has left.
struct OccurrenceRows {
    /// Samples one transaction deletes at most. Only a limit that was made smaller needs as many; later batches go on.
    private static let deletedAtOnce = 10_000

    let thinning: OccurrenceThinning
    let session: MySQLSession

    /// Inserts a sample of every record and deletes those that lose their place. A record stored before adds nothing.
    /// - Parameter areAllNew: every error of the batch was stored for the first time just now, so its samples are those of this batch.
    func store(_ records: [ErrorRecord], areAllNew: Bool) throws(WorkFailure) {
        var keyed: [(record: ErrorRecord, key: TimeOrderedKey)] = []
        keyed.reserveCapacity(records.count)
        do throws(FingerprintError) {
            let fingerprinter = try Fingerprinter()
            for record in records { keyed.append((record, record.occurrenceKey(fingerprinter))) }
        } catch {
            throw WorkFailure(.infrastructure, code: 0, message: error.message)
        }
        keyed.sort { ($0.record.fingerprint, $0.key) < ($1.record.fingerprint, $1.key) }
        var rows = RowBatch()
        var errors: [(fingerprint: Fingerprint, count: Int)] = []
        for (record, key) in keyed {
            rows.append { record.appendOccurrence(key, to: &$0) }
            if errors.last?.fingerprint == record.fingerprint {
                errors[errors.count - 1].count += 1
            } else {
                errors.append((record.fingerprint, 1))
            }
        }
        try rows.insertUnknown(OccurrenceStatements.insert, in: session)
        if areAllNew { errors.removeAll { $0.count <= thinning.capacity } }
        if !errors.isEmpty { try trim(errors.map(\.fingerprint)) }
    }

    private func trim(_ fingerprints: [Fingerprint]) throws(WorkFailure) {
        try run(OccurrenceStatements.allowLongKeyLists)
        var surplus: [(Fingerprint, TimeOrderedKey)] = []
        for range in MultiRowSQL.split(0..<fingerprints.count) {
            let values = fingerprints[range].map { MySQLValue.bytes($0.bytes) } + [.int(Int64(thinning.capacity))]
            let crowded = try run(OccurrenceStatements.crowded(rows: range.count), values).rows
            for row in crowded where surplus.count < Self.deletedAtOnce {
                guard let fingerprint = row[0].byteArray.flatMap(Fingerprint.init(bytes:)), let list = row[1].byteArray
                else { throw WorkFailure(.infrastructure, code: 0, message: "occurrences have no keys") }
                let gone = thinning.surplus(of: Self.keys(list)).prefix(Self.deletedAtOnce - surplus.count)
                surplus += gone.map { (fingerprint, $0) }
            }
        }
        surplus.sort { $0 < $1 }
        for range in MultiRowSQL.split(0..<surplus.count) {
            let values = surplus[range].flatMap { [MySQLValue.bytes($0.0.bytes), .bytes($0.1.bytes)] }
            try run(OccurrenceStatements.delete(rows: range.count), values)
        }
    }

    private static func keys(_ list: [UInt8]) -> [TimeOrderedKey] {
        stride(from: 0, to: list.count - list.count % TimeOrderedKey.byteCount, by: TimeOrderedKey.byteCount)
            .compactMap { TimeOrderedKey(bytes: list[$0..<$0 + TimeOrderedKey.byteCount]) }
    }

    @discardableResult
    private func run(_ sql: String, _ values: [MySQLValue] = []) throws(WorkFailure) -> MySQLOutcome {
        do throws(MySQLError) {
            return try session.execute(sql, values)
        } catch {
            throw WorkFailure(mysql: error)
        }
    }
}

extension ErrorRecord {
    /// The same for the same record.
    fileprivate func occurrenceKey(_ fingerprinter: Fingerprinter) -> TimeOrderedKey {
        let digest = (texts[.eventId] ?? []).withUnsafeBytes { id in
            fingerprinter.digest16(domain: "occurrence", nil, id)
        }
        return TimeOrderedKey(atMilliseconds: eventMilliseconds, digest: digest)
    }
}

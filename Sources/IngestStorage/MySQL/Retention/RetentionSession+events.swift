import Ingest
import MySQLClient

extension RetentionSession {
    private static let millisecondsPerDay = MySQLDateTime.millisecondsPerDay

    // MARK: - Partitions

    /// Splits the days up to next week off `p_future`. Rows that are in there are copied, and nobody writes meanwhile: that is nothing
    /// but for a service whose retention did not run for days.
    func makePartitions(today: Int64) throws(StoreFailure) -> RetentionStep {
        let known = try partitions()
        let oldest = try run(EventRetentionStatements.oldestFuture).rows.first?.first?.dateTimeMilliseconds
        let missing = known.missingDays(
            today: Int(today / Self.millisecondsPerDay), oldest: oldest.map { Int($0 / Self.millisecondsPerDay) })
        if let missing { try change(EventRetentionStatements.split(missing)) }
        return RetentionStep(deleted: [:], next: nil)
    }

    /// Drops the oldest partition, when all of it is due. The number of rows that went is the server's estimate: counting them would
    /// take longer than dropping them.
    func dropPartition(before cutoff: Int64) throws(StoreFailure) -> RetentionStep {
        let outdated = try partitions().outdated(before: Int(cutoff / Self.millisecondsPerDay))
        guard let oldest = outdated.first else { return RetentionStep(deleted: [:], next: nil) }
        let rows = try run(EventRetentionStatements.estimatedRows, [.string(oldest.name)]).rows.first?.first?.int64
        try change(EventRetentionStatements.drop(oldest))
        let next = outdated.dropFirst().first.map {
            RetentionPosition(milliseconds: Int64($0.end - 1) * Self.millisecondsPerDay, key: [])
        }
        return RetentionStep(deleted: ["events": Int(clamping: rows ?? 0)], next: next)
    }

    private func partitions() throws(StoreFailure) -> EventPartitions {
        var partitions: [EventPartitions.Partition] = []
        for row in try run(EventRetentionStatements.partitions).rows {
            guard let name = row[0].string, let end = row[1].int64 else {
                throw StoreFailure(.corrupt, "a partition of events is not by day of receipt")
            }
            partitions.append(EventPartitions.Partition(name: name, end: Int(end)))
        }
        return EventPartitions(partitions)
    }

    /// Waits a second at most: who wants to write waits behind it.
    ///
    /// The table is locked first. An ALTER TABLE that had to wait for it half-way and gave up leaves its new partitions behind, and every
    /// later one would find them in its way (MariaDB 10.11: error 1050, "Temporary Partition").
    private func change(_ sql: String) throws(StoreFailure) {
        try text(EventRetentionStatements.lockEvents)
        do throws(StoreFailure) {
            try text(sql)
        } catch {
            try? text(EventRetentionStatements.unlock)
            throw error
        }
        try text(EventRetentionStatements.unlock)
    }

    private func text(_ sql: String) throws(StoreFailure) {
        do throws(MySQLError) {
            try session.executeText(sql)
        } catch {
            throw StoreFailure(mysql: error)
        }
    }

    // MARK: - Counts

    /// Deletes what is old, site by site: the tables have no index by age, which every batch would have to keep. At most `limit` rows,
    /// and a look at no more than `limit` sites.
    func deleteStats(
        _ tables: [EventRetentionStatements.OldRows], before cutoff: Int64, limit: Int,
        after position: RetentionPosition?
    ) throws(StoreFailure) -> RetentionStep {
        var deleted = Dictionary(tables.map { ($0.table, 0) }, uniquingKeysWith: { first, _ in first })
        let sites = try run(EventRetentionStatements.sites, [.bytes(position?.key ?? []), .int(Int64(limit))]).rows
            .compactMap { $0[0].byteArray }
        var left = limit
        for site in sites {
            for table in tables {
                let values: [MySQLValue] = [
                    .bytes(site), .int(cutoff / 1_000 / table.secondsPerSlot), .int(Int64(left)),
                ]
                let gone = Int(clamping: try run(table.delete, values).affectedRows)
                deleted[table.table, default: 0] += gone
                left -= gone
                if left <= 0 { return RetentionStep(deleted: deleted, next: Self.position(at: site, cutoff)) }
            }
        }
        guard sites.count >= limit, let last = sites.last else { return RetentionStep(deleted: deleted, next: nil) }
        // The least text after it.
        return RetentionStep(deleted: deleted, next: Self.position(at: last + [0], cutoff))
    }

    /// How old the rows of the sites to come are is not known.
    private static func position(at site: [UInt8], _ cutoff: Int64) -> RetentionPosition {
        RetentionPosition(milliseconds: cutoff, key: site)
    }
}

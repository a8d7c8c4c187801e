import Fingerprint
import Ingest
import MySQLClient
import QueueCore

/// Stores one batch of events and what it adds to the counts, inside the worker's transaction.
///
/// Every writer takes the tables in this order, and the rows of each in the order of its primary key: `events`, `event_path_names`,
/// `event_users`, `event_paths`, `event_stats`. The last one has the rows that all batches share; they are locked the shortest.
struct EventBatch {
    let session: MySQLSession
    /// This batch's alone: what bears it was stored by it. A new one for each attempt, also within one transaction.
    let token = UInt64.random(in: .min ... .max)
    /// Sorted by their key, each once.
    private let events: [KeyedEvent]

    /// - Throws: a data failure when one of the records cannot be read.
    init(_ records: ArraySlice<QueueRecord>, session: MySQLSession) throws(WorkFailure) {
        self.session = session
        let fingerprinter: Fingerprinter
        do throws(FingerprintError) {
            fingerprinter = try Fingerprinter()
        } catch {
            throw WorkFailure(.infrastructure, code: 0, message: error.message)
        }
        var events: [KeyedEvent] = []
        events.reserveCapacity(records.count)
        for record in records {
            do throws(RecordError) {
                events.append(KeyedEvent(try EventRecord(decoding: record.payload), fingerprinter))
            } catch {
                // A newer worker can store a record of a newer version: it is never buried.
                throw WorkFailure(error.code == .unknownVersion ? .newerFormat : .data, code: 0, message: error.message)
            }
        }
        events.sort(by: KeyedEvent.precedes)
        var distinct: [KeyedEvent] = []
        distinct.reserveCapacity(events.count)
        for event in events {
            if let last = distinct.last, KeyedEvent.isSame(last, event) { continue }
            distinct.append(event)
        }
        self.events = distinct
    }

    /// - Returns: what is stored now as well, once this transaction is committed, and need not be written again.
    func store(recent: RecentEventRows, isReturning: Bool) throws(WorkFailure) -> RecentEventRows.Written {
        var written = RecentEventRows.Written()
        var rollup = EventRollup(try insertEvents())
        written.paths = try insertNames(rollup, recent.paths)
        let users = EventUserRows(session: session, token: token, recent: recent.users, isReturning: isReturning)
        for user in try users.store(rollup, written: &written.users) { rollup.addUsers(1, to: user.slot) }
        try upsertPaths(rollup)
        try upsertStats(rollup)
        return written
    }

    /// - Returns: the events that were not there before.
    private func insertEvents() throws(WorkFailure) -> [KeyedEvent] {
        var rows = RowBatch()
        for event in events { rows.append { event.append(to: &$0, token: token) } }
        if try rows.insertUnknown(EventStatements.insertEvents, in: session) == events.count { return events }
        var own: [KeyedEvent] = []
        var start = events.startIndex
        while start < events.endIndex {
            let day = events[start].record.receivedDay
            let end = events[start...].firstIndex { $0.record.receivedDay != day } ?? events.endIndex
            own += try self.own(events[start..<end], receivedOn: day)
            start = end
        }
        return own
    }

    private func own(_ events: ArraySlice<KeyedEvent>, receivedOn day: Int) throws(WorkFailure) -> [KeyedEvent] {
        var keys: Set<[UInt8]> = []
        for range in MultiRowSQL.split(events.startIndex..<events.endIndex) {
            let values = [KeyedEvent.date(day), .uint(token)] + events[range].map { .bytes($0.record.eventKey.bytes) }
            do throws(MySQLError) {
                let rows = try session.execute(EventStatements.ownEvents(rows: range.count), values).rows
                keys.formUnion(rows.compactMap { $0[0].byteArray })
            } catch {
                throw WorkFailure(mysql: error)
            }
        }
        return events.filter { keys.contains($0.record.eventKey.bytes) }
    }

    private func insertNames(
        _ rollup: EventRollup, _ recentPaths: RecentKeys<Digest16>
    ) throws(WorkFailure) -> Set<Digest16> {
        let new = recentPaths.unknown(Set(rollup.names.keys))
        var rows = RowBatch()
        for key in new.sorted() { rows.append([.bytes(key.bytes), .text(rollup.names[key] ?? [])]) }
        try rows.execute(EventStatements.insertPathNames, in: session)
        return new
    }

    private func upsertPaths(_ rollup: EventRollup) throws(WorkFailure) {
        var rows = RowBatch()
        for (key, views) in rollup.paths.sorted(by: { $0.key < $1.key }) {
            rows.append { row in
                row.append(.bytes(rollup.sites[key.slot.site]))
                row.append(.uint(UInt64(key.slot.width.rawValue)))
                row.append(.uint(UInt64(key.slot.slot)))
                row.append(.bytes(key.path.bytes))
                row.append(.uint(views))
            }
        }
        try rows.executeFilled(EventStatements.upsertPaths, in: session) { row in row.dropLast() + [.uint(0)] }
    }

    private func upsertStats(_ rollup: EventRollup) throws(WorkFailure) {
        var rows = RowBatch()
        for (key, counts) in rollup.stats.sorted(by: { $0.key < $1.key }) {
            rows.append { row in
                row.append(.bytes(rollup.sites[key.site]))
                row.append(.uint(UInt64(key.width.rawValue)))
                row.append(.uint(UInt64(key.slot)))
                row.append(.uint(counts.events))
                row.append(.uint(counts.views))
                row.append(.uint(counts.users))
            }
        }
        try rows.executeFilled(EventStatements.upsertStats, in: session) { row in
            row.dropLast(3) + [.uint(0), .uint(0), .uint(0)]
        }
    }
}

extension EventRollup.UserDay {
    /// Where the user is counted.
    fileprivate var slot: EventRollup.Slot {
        day == EventRollup.everDay
            ? EventRollup.Slot(site: site, width: .ever, slot: 0)
            : EventRollup.Slot(site: site, width: .day, slot: Int(day))
    }
}

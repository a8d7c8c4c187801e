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
    private let fingerprinter: Fingerprinter
    /// Sorted by their key, each once.
    private let events: [KeyedEvent]

    /// - Throws: a data failure when one of the records cannot be read.
    init(_ records: ArraySlice<QueueRecord>, session: MySQLSession) throws(WorkFailure) {
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
        self.session = session
        self.fingerprinter = fingerprinter
        self.events = events.enumerated()
            .map { Place(key: RowKey(day: $1.day, event: $1.record.eventKey), index: $0) }
            .merged().map { events[$0.index] }
    }

    /// - Returns: what is stored now as well, once this transaction is committed, and need not be written again.
    func store(recent: RecentEventRows, isReturning: Bool) throws(WorkFailure) -> RecentEventRows.Written {
        var written = RecentEventRows.Written()
        let own = try insertEvents()
        var rollup = EventRollup(own, fingerprinter)
        written.paths = try insertNames(rollup.names, of: own, recent.paths)
        let users = EventUserRows(session: session, token: token, recent: recent.users, isReturning: isReturning)
        rollup.add(newUsers: try users.store(rollup, written: &written.users))
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
            let day = events[start].day
            let end = events[start...].firstIndex { $0.day != day } ?? events.endIndex
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

    /// - Returns: the paths that were written.
    private func insertNames(
        _ names: [EventRollup.PathName], of events: [KeyedEvent], _ recentPaths: RecentKeys<Digest16>
    ) throws(WorkFailure) -> [Digest16] {
        let new = recentPaths.unknown(among: names, by: \.key)
        var rows = RowBatch()
        for name in new {
            rows.append { row in
                row.append(name.key)
                row.append(text: events[name.event].record.texts[.path] ?? [])
            }
        }
        try rows.execute(EventStatements.insertPathNames, in: session)
        return new.map(\.key)
    }

    private func upsertPaths(_ rollup: EventRollup) throws(WorkFailure) {
        var rows = RowBatch()
        for path in rollup.paths {
            rows.append { row in
                row.append(path.key.slot, rollup.sites)
                row.append(path.key.path)
                row.append(uint: path.views)
            }
        }
        try rows.executeFilled(EventStatements.upsertPaths, in: session, zeroing: 1)
    }

    private func upsertStats(_ rollup: EventRollup) throws(WorkFailure) {
        var rows = RowBatch()
        for stat in rollup.stats {
            rows.append { row in
                row.append(stat.key, rollup.sites)
                row.append(uint: stat.events)
                row.append(uint: stat.views)
                row.append(uint: stat.users)
            }
        }
        try rows.executeFilled(EventStatements.upsertStats, in: session, zeroing: 3)
    }
}

extension EventBatch {
    /// The primary key of `events`.
    private struct RowKey: Comparable {
        let day: Int
        let event: Digest16

        static func < (one: RowKey, other: RowKey) -> Bool {
            one.day == other.day ? one.event < other.event : one.day < other.day
        }
    }

    /// Where an event is among the records.
    private struct Place: Mergeable {
        let key: RowKey
        let index: Int

        /// The same row: the first one is stored.
        mutating func merge(_ other: Place) {}
    }
}

extension MySQLRows {
    /// Site, width and slot: what the keys of `event_paths` and `event_stats` begin with.
    fileprivate mutating func append(_ slot: EventRollup.Slot, _ sites: EventSites) {
        append(bytes: sites.ids[slot.site])
        append(uint: UInt64(slot.width.rawValue))
        append(uint: UInt64(slot.slot))
    }
}

import Fingerprint
import Ingest
import IngestStorage
import MySQLClient
import QueueCore

/// Events to be stored, and batches of random ones.
enum EventSample {
    /// 2026-03-29T00:00:00Z: clocks in Berlin go forward at 01:00 UTC.
    static let springDay = 20_541

    static func record(
        _ number: Int,
        site: String = "shop",
        type: String = "page_view",
        at milliseconds: Int64 = Sample.newYear,
        _ texts: [EventField: String] = [:],
        received: Int64? = nil,
        value: Double? = nil
    ) -> EventRecord {
        var all = texts
        all[.siteID] = site
        all[.eventType] = type
        all[.eventID] = all[.eventID] ?? "event-\(number)"
        return EventRecord(
            eventKey: key(number), occurredMilliseconds: milliseconds,
            receivedMilliseconds: received ?? Sample.newYear + 5_000,
            texts: EventTexts(all.mapValues { Array($0.utf8) }), value: value)
    }

    static func key(_ number: Int) -> Digest16 {
        var bytes = [UInt8](repeating: 0, count: 16)
        // In no order.
        bytes[0] = UInt8(truncatingIfNeeded: number &* 37)
        for index in 0..<4 { bytes[12 + index] = UInt8(truncatingIfNeeded: number >> (24 - 8 * index)) }
        guard let key = Digest16(bytes: bytes) else { preconditionFailure("16 bytes") }
        return key
    }

    /// Random events of four days around `springDay`: few sites, paths and users, so that they meet; some without path or user, some that
    /// are no views, some that arrive on the next day.
    static func random(
        _ numbers: Range<Int>, _ random: inout SeededRandom, users: Int = 40
    ) -> [EventRecord] {
        numbers.map { number in
            let sites = ["shop", "shop ", "blog", "müsli"]
            let types = ["page_view", "view", "click", "page_view"]
            let start = Int64(springDay - 1) * 86_400_000
            let occurred = start + Int64.random(in: 0..<4 * 86_400_000, using: &random)
            var texts: [EventField: String] = [:]
            if Int.random(in: 0..<5, using: &random) > 0 {
                texts[.path] = "/path/\(Int.random(in: 0..<25, using: &random))"
            }
            if Int.random(in: 0..<5, using: &random) > 0 {
                texts[.userID] = "user-\(Int.random(in: 0..<users, using: &random))"
            }
            return record(
                number, site: sites.randomElement(using: &random) ?? "",
                type: types.randomElement(using: &random) ?? "",
                at: occurred, texts, received: start + Int64.random(in: 0..<2, using: &random) * 86_400_000 + 5_000)
        }
    }
}

extension MySQLFixture {
    var events: MySQLEventStore { MySQLEventStore(pool: pool) }
    /// As on a server without `INSERT … RETURNING`.
    var eventsWithoutReturning: MySQLEventStore { MySQLEventStore(pool: pool, allowsReturning: false) }

    /// Stores events in one transaction, as the worker does, without bisection.
    func put(_ records: [EventRecord], in store: MySQLEventStore? = nil) async throws(WorkFailure) {
        let queued = records.map { QueueRecord(payload: $0.encoded()) }
        try await (store ?? events).transaction { transaction throws(WorkFailure) in
            try transaction.store(queued[...])
        }
    }

    /// Stores a job's records as the worker does: what is refused is buried.
    func work(_ records: [QueueRecord], replayKey: [UInt8]? = nil) async throws(WorkFailure) -> BatchResult {
        let job = Job(
            id: JobID("1-0"), version: JobFormat.version, records: records, byteCount: 0, deaths: 0,
            enqueuedAtMilliseconds: 0, replayKey: replayKey)
        let work = BatchWork(queue: "events", batch: Batch(jobs: [job]), breaker: BuryBreaker()) { false }
        return try await events.transaction { transaction throws(WorkFailure) in try work.perform(in: &transaction) }
    }

    func count(of table: String) async throws -> Int64 {
        try await number("SELECT COUNT(*) FROM \(table)") ?? -1
    }
}

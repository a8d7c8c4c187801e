import Fingerprint
import Ingest
import IngestStorage
import MySQLClient
import QueueCore
import SyncJob
import TestServers
import Testing

/// Deleting much while errors come in.
@Suite(.timeLimit(.minutes(5))) struct RetentionSlowTests {
    private static let old = 50_000
    private static let day: Int64 = 86_400_000
    /// The server's own figure for the longest wait for a row lock.
    private static let longestWait_ms: Int64 = 800

    /// Rows of errors that were seen once, two years ago, made by the server itself.
    private func fill(_ fixture: MySQLFixture, _ seen: Int64) async throws {
        let numbers = "seq_1_to_\(Self.old)"
        let time = MySQLValue.dateTime(milliseconds: seen)
        try await fixture.execute(
            """
            INSERT INTO errors (fingerprint, project, count, first_seen_at, last_seen_at)
            SELECT UNHEX(SHA2(seq, 256)), 'shop', 1, ?, ? FROM \(numbers) ORDER BY 1
            """, [time, time])
        try await fixture.execute(
            """
            INSERT INTO error_details (fingerprint, type, message, stack_trace, event_id, occurred_at, received_at,
            grouping_version, grouping_parts)
            SELECT UNHEX(SHA2(seq, 256)), 'OldError', CONCAT('old ', seq), REPEAT('at frame (file.js:1:1)\n', 20), seq, ?, ?, 1, '[]'
            FROM \(numbers) ORDER BY 1
            """, [time, time])
        try await fixture.execute(
            """
            INSERT INTO occurrences (fingerprint, occurrence_id, event_id, occurred_at, received_at, message)
            SELECT UNHEX(SHA2(seq, 256)), REPEAT('x', 16), seq, ?, ?, CONCAT('old ', seq) FROM \(numbers) ORDER BY 1
            """, [time, time])
        for word in ["'old'", "'olderror'", "CAST(seq AS CHAR)"] {
            try await fixture.execute(
                "INSERT INTO error_words SELECT ?, \(word), UNHEX(SHA2(seq, 256)) FROM \(numbers)",
                [.int(seen / 604_800_000)])
        }
        try await fixture.execute(
            "INSERT INTO error_series SELECT UNHEX(SHA2(seq, 256)), 3600, ?, 1 FROM \(numbers) ORDER BY 1",
            [.int(seen / 60_000)])
    }

    @Test func deletingManyOldErrorsDoesNotHoldUpWhoWrites() async throws {
        // The pages of as many errors are not to be read from disk time and again.
        let server = try await TestMariaDB.start(arguments: ["--innodb-buffer-pool-size=384M"])
        let fixture = try await MySQLFixture.migrated(on: server, size: 4, readTimeout: .seconds(120))
        let now = SystemQueueClock().unixMilliseconds
        try await fill(fixture, now - 730 * Self.day)
        let known = try await fixture.execute("SELECT fingerprint FROM errors LIMIT 2000").rows
            .compactMap { $0[0].byteArray.flatMap(Fingerprint.init(bytes:)) }
        let done = Flag()
        // Errors of the writers: new ones, and old ones that come back.
        let writing = Task {
            var longest = Duration.zero
            var batches = 0
            while !done.isRaised {
                let numbers = (0..<100).map { _ in Int.random(in: 0..<50_000) }
                let records = numbers.map { Sample.record($0, at: now, [.eventId: "\(batches)"]) }
                let returning = Set(known.shuffled().prefix(20))
                let began = ContinuousClock.now
                try await fixture.put(records)
                let counts =
                    Set(numbers).map { Sample.count($0, 1, first: now, last: now) }
                    + returning.map { fingerprint in
                        var count = Sample.count(0, 1, first: now, last: now)
                        count.fingerprint = fingerprint
                        return count
                    }
                _ = try await fixture.counts.apply(
                    window: Sample.window(batches), part: Sample.part(0), counts: counts)
                longest = max(longest, ContinuousClock.now - began)
                batches += 1
                // Some 2,000 reports a second at most: load, not a race for the disk.
                try await Task.sleep(for: .milliseconds(50))
            }
            return (longest, batches)
        }
        let job = RetentionJob(
            store: MySQLRetention(configuration: fixture.configuration), rules: RetentionRules(),
            logger: MySQLFixture.logger)
        let began = ContinuousClock.now
        var deleted = 0
        var passes = 0
        while passes < 10 {
            let result = await job.runOnce()
            deleted += result.deleted["errors"] ?? 0
            passes += 1
            if result.ending == .complete { break }
            #expect(result.ending == .bounded)
        }
        let took = ContinuousClock.now - began
        done.raise()
        let (longest, batches) = try await writing.value
        let wait = try await fixture.execute("SHOW GLOBAL STATUS LIKE 'Innodb_row_lock_time_max'").rows[0][1].string
        let waits = try await fixture.execute("SHOW GLOBAL STATUS LIKE 'Innodb_row_lock_waits'").rows[0][1].string
        print(
            """
            retention: \(deleted) errors in \(took), \(passes) passes; meanwhile \(batches) batches and windows, the longest \
            \(longest); \(waits ?? "?") lock waits, the longest \(wait ?? "?") ms
            """)
        #expect(deleted > Self.old / 2)
        #expect(batches > 20)
        #expect(try #require(wait.flatMap { Int64($0) }) < Self.longestWait_ms)
        // Whoever came back is there, and nobody old is.
        let cutoff = MySQLValue.dateTime(milliseconds: now - 365 * Self.day)
        #expect(try await fixture.number("SELECT COUNT(*) FROM errors WHERE last_seen_at < ?", [cutoff]) == 0)
        let kept = try await fixture.number("SELECT CAST(SUM(count) AS SIGNED) FROM forgotten_errors")
        #expect(kept == Int64(deleted))
        // An error that came back by its count alone, which no real one does, keeps the words it had.
        let words = try await fixture.number("SELECT COUNT(*) FROM error_words WHERE word = 'olderror'")
        #expect(words == Int64(Self.old - deleted))
        await fixture.pool.shutDown()
        await server.stop()
    }
}

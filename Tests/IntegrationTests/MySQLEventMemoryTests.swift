import Ingest
import IngestStorage
import MySQLClient
import QueueCore
import TestServers
import Testing

/// What a process remembers of the users and paths it has stored never overrules the database.
@Suite struct MySQLEventMemoryTests {
    private static func records(_ numbers: Range<Int>) -> [EventRecord] {
        numbers.map { EventSample.record($0, [.path: "/\($0 % 7)", .userID: "user-\($0 % 11)"]) }
    }

    private static func queued(_ records: [EventRecord]) -> [QueueRecord] {
        records.map { QueueRecord(payload: $0.encoded()) }
    }

    @Test func whatWasRolledBackIsNotRemembered() async throws {
        let fixture = try await MySQLFixture.migrated()
        let store = fixture.events
        let records = Self.records(0..<100)
        let queued = Self.queued(records)
        let lost = WorkFailure(.infrastructure, code: 2_013, message: "lost connection")
        await #expect(throws: WorkFailure.self) {
            try await store.transaction { transaction throws(WorkFailure) in
                try transaction.store(queued[...])
                throw lost
            }
        }
        #expect(try await fixture.count(of: "event_users") == 0)
        try await fixture.put(records, in: store)
        #expect(try await EventFold(storedIn: fixture) == EventFold(of: fixture))
        #expect(try await fixture.count(of: "event_users") == 22)
    }

    /// The same users and paths come again after the server has lost all of them, and with them its connections.
    @Test func afterARestoreEverythingIsWrittenAgain() async throws {
        let fixture = try await MySQLFixture.migrated(size: 1)
        let store = fixture.events
        try await fixture.put(Self.records(0..<100), in: store)
        try await fixture.put(Self.records(100..<200), in: store)
        let server = try await MySQLConnection.connect(fixture.configuration)
        for table in ["events", "event_stats", "event_paths", "event_path_names", "event_users"] {
            try await server.executeText("DELETE FROM \(table)")
        }
        let others = try await server.executeText(
            "SELECT id FROM information_schema.PROCESSLIST WHERE db = DATABASE() AND id <> CONNECTION_ID()"
        ).rows
        #expect(others.count == 1)
        for row in others { try await server.executeText("KILL \(row[0].int64 ?? 0)") }
        try await eventually(within: .seconds(10), description: "the connection is gone") {
            try await server.executeText(
                "SELECT id FROM information_schema.PROCESSLIST WHERE db = DATABASE() AND id <> CONNECTION_ID()"
            ).rows.isEmpty
        }
        await server.close()
        // The first try may be what finds the connection gone.
        try? await fixture.put(Self.records(200..<300), in: store)
        try await fixture.put(Self.records(200..<300), in: store)
        #expect(try await fixture.count(of: "events") == 100)
        #expect(try await fixture.count(of: "event_path_names") == 7)
        #expect(try await EventFold(storedIn: fixture) == EventFold(of: fixture))
    }
}

import Fingerprint
import Ingest
import IngestStorage
import QueueCore
import RedisClient
import TestServers
import Testing

/// Reports that carry the client's own event id.
@Suite struct RedisEventIDTests {
    private func admit(_ redis: RedisFixture, _ report: TestReport) async throws -> ItemOutcome {
        try await redis.admit([report])[0]
    }

    @Test func anIDCountsOnceWithinAndAcrossRequests() async throws {
        try await RedisFixture.with { redis async throws in
            #expect(
                try await redis.admit([
                    TestReport(1, id: "a"), TestReport(1, id: "a"), TestReport(1, id: "b"), TestReport(1),
                ])
                    == [.accepted, .duplicate, .accepted, .accepted]
            )
            #expect(
                try await redis.admit([TestReport(1, id: "b"), TestReport(1, id: "c"), TestReport(2, id: "a")])
                    == [.duplicate, .accepted, .duplicate]
            )
            #expect(try await redis.admit(TestReport(1, id: "a")) == .onlyDuplicates)
            #expect(try await redis.counted() == [try TestReport(1).fingerprint(): 4])
            #expect(try await redis.number("accepted") == 4)
            #expect(try await redis.drain().count == 1)
        }
    }

    @Test func timesOfDuplicatesDoNotCount() async throws {
        try await RedisFixture.with { redis in
            let base = TestReport.receivedAt
            #expect(try await admit(redis, TestReport(1, id: "a", at: base)) == .accepted)
            #expect(try await admit(redis, TestReport(1, id: "a", at: base - 9_000)) == .duplicate)
            #expect(try await admit(redis, TestReport(1, id: "a", at: base + 9_000)) == .duplicate)
            #expect(try await admit(redis, TestReport(1, id: "b", at: base - 10)) == .accepted)
            let counts = try await redis.counts(of: try #require(try await redis.openWindow()))
            let count = try #require(counts.values.first)
            #expect(count.count == 2)
            #expect(count.firstSeenMilliseconds == base - 10)
            #expect(count.lastSeenMilliseconds == base)
        }
    }

    @Test func anIDOfARefusedReportIsNotKnown() async throws {
        let namespace = TestServers.freshNamespace()
        try await RedisFixture.with(namespace: namespace, limits: { $0.maxQueueRecords = 0 }) { redis async throws in
            #expect(try await redis.admit([TestReport(1, id: "a"), TestReport(2)]) == [.refused, .refused])
        }
        try await RedisFixture.with(namespace: namespace) { redis async throws in
            #expect(try await admit(redis, TestReport(1, id: "a")) == .accepted)
            #expect(try await admit(redis, TestReport(1, id: "a")) == .duplicate)
        }
    }

    @Test func duplicatesAreAnsweredThoughTheQueueIsFull() async throws {
        try await RedisFixture.with(limits: { $0.maxQueueRecords = 2 }) { redis async throws in
            #expect(try await redis.admit([TestReport(1, id: "a"), TestReport(2, id: "b")]) == [.accepted, .accepted])
            _ = try await redis.window.seal(maxWaiting: 3)
            #expect(
                try await redis.admit([TestReport(1, id: "a"), TestReport(1, id: "c"), TestReport(3, id: "d")])
                    == [.duplicate, .refused, .refused]
            )
            #expect(try await redis.admit([TestReport(3, id: "b")]) == [.duplicate])
        }
    }

    /// An id is known for the whole of the window, and forgotten some time after it.
    @Test func anIDIsKnownForTheWindowAtLeast() async throws {
        try await RedisFixture.with(limits: { $0.eventIDWindowSeconds = 1 }) { redis in
            var forgotten = 0
            for round in 0..<3 {
                let sent = ContinuousClock.now
                #expect(try await admit(redis, TestReport(1, id: "round-\(round)")) == .accepted)
                var others = 0
                try await eventually(within: .seconds(20), description: "the id to be forgotten") {
                    // Others come all the time: a rotation happens only with them.
                    others += 1
                    _ = try await admit(redis, TestReport(1, id: "other-\(round)-\(others)"))
                    guard try await admit(redis, TestReport(1, id: "round-\(round)")) == .accepted else { return false }
                    // It was accepted again: more than the window must have passed since it was sent first.
                    #expect(ContinuousClock.now - sent >= .seconds(1))
                    forgotten += 1
                    return true
                }
            }
            #expect(forgotten == 3)
            // Forgetting in time is not forgetting early.
            #expect(try await redis.number("seen:forgotten:errors") == 0)
            let buckets = try await redis.keys().filter { $0.hasPrefix("seen:") }
            #expect(buckets.count <= 2)
        }
    }

    @Test func bucketsExpireWithoutTraffic() async throws {
        try await RedisFixture.with(limits: { $0.eventIDWindowSeconds = 1 }) { redis in
            #expect(try await admit(redis, TestReport(1, id: "a")) == .accepted)
            #expect(try await redis.keys().contains { $0.hasPrefix("seen:") })
            try await eventually(within: .seconds(20), description: "the bucket to expire") {
                try await redis.keys().contains { $0.hasPrefix("seen:") } == false
            }
        }
    }

    @Test func tooManyIDsAreForgottenEarlyAndThatIsCounted() async throws {
        try await RedisFixture.with(limits: { $0.maxEventIDs = 10 }) { redis in
            for number in 0..<40 {
                #expect(try await admit(redis, TestReport(1, id: "id-\(number)")) == .accepted)
                // The last five are known at any time.
                for known in max(0, number - 4)...number {
                    #expect(try await admit(redis, TestReport(1, id: "id-\(known)")) == .duplicate)
                }
                var members: Int64 = 0
                for key in try await redis.keys() where key.hasPrefix("seen:") {
                    members +=
                        try await redis.send("SCARD", [.string("{\(redis.namespace):0}:\(key)")]).integerValue ?? 0
                }
                #expect(members <= 10)
            }
            #expect(try await redis.number("seen:forgotten:errors") >= 6)
            #expect(try await admit(redis, TestReport(1, id: "id-0")) == .accepted)
            #expect(try await redis.counted() == [try TestReport(1).fingerprint(): 41])
        }
    }

    /// Ids are scoped by project: two projects may use the same.
    @Test func projectsHaveIDsOfTheirOwn() async throws {
        try await RedisFixture.with { redis in
            let path = try ErrorPath(grouping: .standard)
            for project in [#""project":"a","#, #""project":"b","#, ""] {
                let body = Array("{\(project)\"message\":\"m\",\"eventId\":\"same\"}".utf8)
                for expected in [AdmitOutcome.Group.queued, .onlyDuplicates] {
                    let admission = try body.withUnsafeBytes { try path.admission(forSingle: $0, receivedAt: 0) }
                    #expect(await redis.admit(admission).groups == [expected])
                }
            }
        }
    }

    /// A client that got no answer sends the same again; over a restart of Redis too, it is counted once.
    @Test func anIDSurvivesARestart() async throws {
        let server = try await TestRedis.start()
        try await RedisFixture.with(server) { redis in
            #expect(try await admit(redis, TestReport(1, id: "a")) == .accepted)
            try await redis.crash(server)
            #expect(try await admit(redis, TestReport(1, id: "a")) == .duplicate)
            #expect(try await redis.counted() == [try TestReport(1).fingerprint(): 1])
        }
        await server.stop()
    }
}

import QueueCore

extension QueueConformance {
    static var returnCases: [Case] {
        [
            Case("a retry comes back when it is due, unchanged") { fixture in
                let driver = try await fixture.makeDriver("a")
                var new = job("again", records: 2)
                new.deaths = 1
                new.replayKey = [0, 1, 255]
                try await driver.append([new])
                let held = try await driver.claimAll()
                try expectEqual(try await driver.retryLater(held, after: fixture.lease * 3), ids(held), "moved")
                try expectEqual(try await driver.acknowledge(held), [], "acknowledged after the move")
                try expectEqual(try await driver.promoteDue(), 0, "promoted too early")
                try expectEqual(try await driver.claimAll(), [], "claimed too early")
                try await fixture.advance(fixture.lease * 3.5)
                try expectEqual(try await driver.reclaimAll(), [], "reclaimed while put away")
                try expectEqual(try await driver.promoteDue(), 1, "promoted")
                try expectEqual(try await driver.promoteDue(), 0, "promoted again")
                let back = try await driver.claimAll()
                try expectEqual(back.map(\.records), [new.records], "records")
                try expectEqual(back.map(\.deaths), [1], "deaths")
                try expectEqual(back.map(\.replayKey), [new.replayKey], "replay key")
                try expectEqual(back.map(\.byteCount), [new.byteCount], "bytes")
                try expectEqual(
                    back.map(\.enqueuedAtMilliseconds), held.map(\.enqueuedAtMilliseconds), "time of the enqueuing"
                )
                try expectEqual(try await driver.acknowledge(back), ids(back), "acknowledged")
                try expectEqual(try await driver.depth().records, 0, "records at the end")
                try expectEqual(try await driver.depth().bytes, 0, "bytes at the end")
            },
            Case("two equal jobs put away stay two") { fixture in
                let driver = try await fixture.makeDriver("a")
                try await driver.append([job("same"), job("same")])
                _ = try await driver.retryLater(try await driver.claimAll(), after: .zero)
                try await fixture.advance(.milliseconds(20))
                try expectEqual(try await driver.promoteDue(), 2, "promoted")
                try expectEqual(try await driver.claimAll().count, 2, "claimed")
            },
            Case("a released job can be claimed at once, unchanged") { fixture in
                let first = try await fixture.makeDriver("a")
                let second = try await fixture.makeDriver("b")
                var new = job("given back", records: 2)
                new.deaths = 2
                new.replayKey = [9]
                try await first.append([new])
                let held = try await first.claimAll()
                try await first.release(held)
                let claimed = try await second.claimAll()
                try expectEqual(claimed.map(\.records), [new.records], "records")
                try expectEqual(claimed.map(\.deaths), [2], "deaths")
                try expectEqual(claimed.map(\.replayKey), [new.replayKey], "replay key")
                try expectEqual(
                    claimed.map(\.enqueuedAtMilliseconds), held.map(\.enqueuedAtMilliseconds), "time of the enqueuing"
                )
                try expectEqual(try await second.depth().records, 2, "records")
                try expectEqual(try await second.acknowledge(claimed), ids(claimed), "acknowledged")
                try expectEqual(try await second.depth().records, 0, "records at the end")
            },
            Case("a job of an unknown version survives everything") { fixture in
                let driver = try await fixture.makeDriver("a")
                let other = try await fixture.makeDriver("b")
                let new = NewJob(version: 99, records: job("future", records: 3).records, deaths: 1)
                try await driver.append([new])
                var held = try await driver.claimAll()
                try expectEqual(held.map(\.version), [99], "version at first")
                try expectEqual(held.map(\.byteCount), [new.byteCount], "bytes at first")
                _ = try await driver.retryLater(held, after: .zero)
                try await fixture.advance(.milliseconds(20))
                try expectEqual(try await driver.promoteDue(), 1, "promoted")
                held = try await driver.claimAll()
                try expectEqual(held.map(\.version), [99], "version after a retry")
                try await driver.release(held)
                held = try await driver.claimAll()
                try expectEqual(held.map(\.version), [99], "version after a release")
                try await fixture.advancePastLease()
                held = try await other.reclaimAll()
                try expectEqual(held.map(\.version), [99], "version after a take-over")
                try expectEqual(held.map(\.deaths), [2], "deaths after a take-over")
                try expectEqual(held.map(\.byteCount), [new.byteCount], "bytes at last")
                try expectEqual(try await other.depth().records, 3, "records")
                try expectEqual(try await other.acknowledge(held), ids(held), "acknowledged")
                try expectEqual(try await other.depth().records, 0, "records at the end")
            },
        ]
    }
}

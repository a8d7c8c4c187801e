import QueueCore

extension QueueConformance {
    static var ownershipCases: [Case] {
        [
            Case("acknowledge removes what is held, once, and frees its records and bytes") { fixture in
                let driver = try await fixture.makeDriver("a")
                try await driver.append([job("one", records: 2), job("two"), job("three")])
                let claimed = try await driver.claimAll()
                let removed = try await driver.acknowledge(Array(claimed.prefix(2)))
                try expectEqual(removed, ids(Array(claimed.prefix(2))), "removed")
                let depth = try await driver.depth()
                try expectEqual(depth.records, 1, "records left")
                try expectEqual(depth.bytes, job("three").byteCount, "bytes left")
                try expectEqual(try await driver.acknowledge(claimed), ids([claimed[2]]), "removed by the second call")
                try expectEqual(try await driver.acknowledge(claimed), [], "removed by the third call")
                let empty = try await driver.depth()
                try expectEqual(empty, QueueDepth(records: 0, bytes: 0, oldestAgeMilliseconds: nil), "depth at the end")
            },
            Case("room that was freed can be used again", limits: QueueLimits(maxRecords: 2)) { fixture in
                let driver = try await fixture.makeDriver("a")
                for round in 0..<5 {
                    try await driver.append([job("\(round)", records: 2)])
                    let full = await errorCode { () throws(QueueError) in try await driver.append([job("more")]) }
                    try expectEqual(full, .full, "error while full")
                    _ = try await driver.acknowledge(try await driver.claimAll())
                }
            },
            Case("extend answers only what is ours") { fixture in
                let first = try await fixture.makeDriver("a")
                let second = try await fixture.makeDriver("b")
                try await first.append([job("one"), job("two")])
                let mine = try await first.claim(maxRecords: 1, maxBytes: plenty, wait: .zero)
                let theirs = try await second.claimAll()
                try expectEqual(try await first.extend(mine + theirs), ids(mine), "extended")
                _ = try await first.acknowledge(mine)
                try expectEqual(try await first.extend(mine), [], "extended after the acknowledge")
            },
            Case("extend renews the lease") { fixture in
                let first = try await fixture.makeDriver("a")
                let second = try await fixture.makeDriver("b")
                try await first.append([job("kept")])
                let held = try await first.claimAll()
                try await expectLeaseHolds(in: fixture) {
                    try await fixture.advance(fixture.lease * 0.6)
                    let start = fixture.clock.uptime
                    try expectEqual(try await first.extend(held), ids(held), "extended")
                    try await fixture.advance(fixture.lease * 0.6)
                    return (start, try await second.reclaimAll())
                }
                try expectEqual(try await first.acknowledge(held), ids(held), "acknowledged")
            },
            Case("an owner whose lease ran out is the owner until somebody takes over") { fixture in
                let driver = try await fixture.makeDriver("a")
                try await driver.append([job("late"), job("later")])
                let held = try await driver.claimAll()
                try await fixture.advancePastLease()
                try expectEqual(try await driver.extend([held[0]]), ids([held[0]]), "extended")
                try expectEqual(try await driver.acknowledge(held), ids(held), "acknowledged")
            },
            Case("a consumer whose job was taken over can do nothing to it") { fixture in
                let stale = try await fixture.makeDriver("a")
                let owner = try await fixture.makeDriver("b")
                try await stale.append([job("moved")])
                let old = try await stale.claimAll()
                try await fixture.advancePastLease()
                let new = try await owner.reclaimAll()
                try expectEqual(new.map(\.records), [job("moved").records], "taken over")
                try expectEqual(try await stale.extend(old), [], "stale extend")
                try expectEqual(try await stale.acknowledge(old), [], "stale acknowledge")
                try expectEqual(try await stale.retryLater(old, after: .zero), [], "stale retry")
                try await stale.release(old)
                _ = try await stale.promoteDue()
                try expectEqual(try await stale.claimAll(), [], "claimable after the stale calls")
                try expectEqual(try await owner.depth().records, 1, "records")
                try expectEqual(try await owner.extend(new), ids(new), "the owner's extend")
                try expectEqual(try await owner.acknowledge(new), ids(new), "the owner's acknowledge")
                try expectEqual(try await owner.depth().records, 0, "records at the end")
            },
        ]
    }

    /// `attempt` returns when the lease began and what another consumer could take over, which must be nothing.
    static func expectLeaseHolds(
        in fixture: QueueFixture<Driver>,
        _ attempt: () async throws -> (leaseStart: Duration, takenOver: [Job])
    ) async throws {
        let (start, jobs) = try await attempt()
        let elapsed = fixture.clock.uptime - start
        try expect(
            jobs.isEmpty,
            elapsed < fixture.lease
                ? "taken over \(elapsed) into a lease of \(fixture.lease)"
                : "the machine is too slow for a lease of \(fixture.lease)"
        )
    }
}

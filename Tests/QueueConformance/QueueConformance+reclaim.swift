import QueueCore

extension QueueConformance {
    static var reclaimCases: [Case] {
        [
            Case("a lease that still runs cannot be taken over") { fixture in
                let first = try await fixture.makeDriver("a")
                let second = try await fixture.makeDriver("b")
                try await first.append([job("held")])
                try await expectLeaseHolds(in: fixture) {
                    let start = fixture.clock.uptime
                    _ = try await first.claimAll()
                    return (start, try await second.reclaimAll())
                }
            },
            Case("taking over from another is a death, and it stays with the job") { fixture in
                let drivers = [try await fixture.makeDriver("a"), try await fixture.makeDriver("b")]
                var new = job("deadly", records: 2)
                new.replayKey = [1, 2]
                try await drivers[0].append([new])
                let first = try await drivers[0].claimAll()
                for deaths in 1...3 {
                    try await fixture.advancePastLease()
                    let taken = try await drivers[deaths % 2].reclaimAll()
                    try expectEqual(taken.map(\.deaths), [deaths], "deaths")
                    try expectEqual(taken.map(\.records), [new.records], "records")
                    try expectEqual(taken.map(\.replayKey), [new.replayKey], "replay key")
                    try expectEqual(
                        taken.map(\.enqueuedAtMilliseconds), first.map(\.enqueuedAtMilliseconds),
                        "time of the enqueuing"
                    )
                    try expectEqual(try await drivers[deaths % 2].extend(taken), ids(taken), "owned")
                    if deaths == 3 {
                        try await drivers[1].release(taken)
                    }
                }
                let released = try await drivers[0].claimAll()
                try expectEqual(released.map(\.deaths), [3], "deaths after a release")
                try expectEqual(try await drivers[0].depth().records, 2, "records")
                try expectEqual(try await drivers[0].acknowledge(released), ids(released), "acknowledged")
                try expectEqual(try await drivers[0].depth().records, 0, "records at the end")
            },
            Case("taking back what was ours is no death") { fixture in
                let driver = try await fixture.makeDriver("a")
                try await driver.append([job("mine")])
                _ = try await driver.claimAll()
                try await fixture.advancePastLease()
                let taken = try await driver.reclaimAll()
                try expectEqual(taken.map(\.records), [job("mine").records], "records")
                try expectEqual(taken.map(\.deaths), [0], "deaths")
                try expectEqual(try await driver.acknowledge(taken), ids(taken), "acknowledged")
            },
            Case("what was taken over is under a new lease") { fixture in
                let first = try await fixture.makeDriver("a")
                let second = try await fixture.makeDriver("b")
                try await first.append([job("moved")])
                _ = try await first.claimAll()
                try await fixture.advancePastLease()
                try await expectLeaseHolds(in: fixture) {
                    let start = fixture.clock.uptime
                    try expectEqual(try await second.reclaimAll().count, 1, "taken over")
                    return (start, try await first.reclaimAll())
                }
            },
            Case("a take-over stops at the job that reaches a limit") { fixture in
                let first = try await fixture.makeDriver("a")
                let second = try await fixture.makeDriver("b")
                try await first.append((0..<7).map { job("\($0)", records: 2) })
                _ = try await first.claimAll()
                try await fixture.advancePastLease()
                let counts = [
                    try await second.reclaim(maxRecords: 3, maxBytes: plenty).count,
                    try await second.reclaim(maxRecords: plenty, maxBytes: 1).count,
                ]
                try expectEqual(counts, [2, 1], "jobs taken over")
            },
            Case("a consumer that leaves holding jobs leaves them to the next") { fixture in
                let leaver = try await fixture.makeDriver("a")
                let other = try await fixture.makeDriver("b")
                try await leaver.append([job("left")])
                _ = try await leaver.claimAll()
                await leaver.leave()
                try await fixture.advancePastLease()
                let taken = try await other.reclaimAll()
                try expectEqual(taken.map(\.records), [job("left").records], "records")
                try expectEqual(taken.map(\.deaths), [1], "deaths")
                try expectEqual(try await other.acknowledge(taken), ids(taken), "acknowledged")
            },
            Case("a consumer that has left may come back") { fixture in
                let driver = try await fixture.makeDriver("a")
                for round in 0..<3 {
                    try await driver.append([job("\(round)")])
                    let held = try await driver.claimAll()
                    try expectEqual(held.map(\.records), [job("\(round)").records], "records")
                    try expectEqual(try await driver.acknowledge(held), ids(held), "acknowledged")
                    await driver.leave()
                }
            },
        ]
    }
}

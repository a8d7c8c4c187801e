import QueueCore

extension QueueConformance {
    static var claimCases: [Case] {
        [
            Case("a claim stops at the job that reaches the limit in records") { fixture in
                let driver = try await fixture.makeDriver("a")
                try await driver.append((0..<6).map { job("\($0)", records: 3) })
                for (limit, count) in [(4, 2), (3, 1), (1, 1), (100, 2)] {
                    let claimed = try await driver.claim(maxRecords: limit, maxBytes: plenty, wait: .zero)
                    try expectEqual(claimed.count, count, "jobs for at most \(limit) records")
                }
            },
            Case("a claim stops at the job that reaches the limit in bytes") { fixture in
                let driver = try await fixture.makeDriver("a")
                let fifty = NewJob(records: [QueueRecord(payload: [UInt8](repeating: 1, count: 46))])
                try await driver.append(Array(repeating: fifty, count: 6))
                for (limit, count) in [(51, 2), (50, 1), (1, 1), (1_000, 2)] {
                    let claimed = try await driver.claim(maxRecords: plenty, maxBytes: limit, wait: .zero)
                    try expectEqual(claimed.count, count, "jobs for at most \(limit) bytes")
                }
            },
            Case("a claim that finds nothing waits as long as it may, and no longer") { fixture in
                let driver = try await fixture.makeDriver("a")
                try expectEqual(try await driver.claim(maxRecords: 1, maxBytes: 1, wait: .zero), [], "without waiting")
                let start = fixture.clock.uptime
                let claimed = try await whileTimeFlows(in: fixture) {
                    try await driver.claim(maxRecords: 1, maxBytes: 1, wait: .milliseconds(60))
                }
                try expectEqual(claimed, [], "after waiting")
                let waited = fixture.clock.uptime - start
                try expect(waited >= .milliseconds(50), "waited \(waited) only")
            },
            Case("an append wakes a claim that waits") { fixture in
                let consumer = try await fixture.makeDriver("a")
                let producer = try await fixture.makeDriver("b")
                async let claimed = consumer.claim(maxRecords: 10, maxBytes: plenty, wait: .seconds(20))
                let start = fixture.clock.uptime
                try await fixture.advance(.milliseconds(30))
                try await producer.append([job("wake")])
                try expectEqual(try await claimed.map(\.records), [job("wake").records], "records")
                let waited = fixture.clock.uptime - start
                try expect(waited < .seconds(10), "woke after \(waited)")
            },
            Case("a job given back wakes a claim that waits") { fixture in
                let consumer = try await fixture.makeDriver("a")
                let other = try await fixture.makeDriver("b")
                try await other.append([job("back")])
                let held = try await other.claimAll()
                async let claimed = consumer.claim(maxRecords: 10, maxBytes: plenty, wait: .seconds(20))
                try await fixture.advance(.milliseconds(30))
                try await other.release(held)
                try expectEqual(try await claimed.map(\.records), [job("back").records], "records")
            },
            Case("what one consumer holds no other can claim") { fixture in
                let first = try await fixture.makeDriver("a")
                let second = try await fixture.makeDriver("b")
                try await first.append([job("one"), job("two")])
                let held = try await first.claim(maxRecords: 1, maxBytes: plenty, wait: .zero)
                let rest = try await second.claimAll()
                try expectEqual(held.map(\.records), [job("one").records], "held by the first")
                try expectEqual(rest.map(\.records), [job("two").records], "held by the second")
                try expectEqual(try await first.claimAll(), [], "left")
            },
        ]
    }
}

import QueueCore

extension QueueConformance {
    static var crowdCases: [Case] {
        [
            Case("many consumers get each job once") { fixture in
                let producer = try await fixture.makeDriver("producer")
                let count = 200
                try await producer.append((0..<count).map { job("\($0)") })
                let seen = try await withThrowingTaskGroup(of: [QueueRecord].self) { group in
                    for index in 0..<4 {
                        group.addTask {
                            let driver = try await fixture.makeDriver("consumer \(index)")
                            var records: [QueueRecord] = []
                            while true {
                                let jobs = try await driver.claim(maxRecords: 7, maxBytes: plenty, wait: .zero)
                                if jobs.isEmpty {
                                    return records
                                }
                                let removed = try await driver.acknowledge(jobs)
                                for job in jobs where removed.contains(job.id) {
                                    records.append(contentsOf: job.records)
                                }
                            }
                        }
                    }
                    return try await group.reduce(into: []) { $0.append(contentsOf: $1) }
                }
                try expectEqual(seen.count, count, "records")
                try expectEqual(Set(seen).count, count, "different records")
                try expectEqual(try await producer.depth().records, 0, "records at the end")
            },
            Case("many producers together never pass the limit", limits: QueueLimits(maxRecords: 50)) { fixture in
                let accepted = try await withThrowingTaskGroup(of: Int.self) { group in
                    for index in 0..<8 {
                        group.addTask {
                            let driver = try await fixture.makeDriver("producer \(index)")
                            var accepted = 0
                            for round in 0..<20 {
                                let code = await errorCode { () throws(QueueError) in
                                    try await driver.append([job("\(index)-\(round)")])
                                }
                                try expect(code == nil || code == .full, "error \(String(describing: code))")
                                accepted += code == nil ? 1 : 0
                            }
                            return accepted
                        }
                    }
                    return try await group.reduce(0, +)
                }
                try expectEqual(accepted, 50, "accepted")
                let driver = try await fixture.makeDriver("reader")
                try expectEqual(try await driver.depth().records, 50, "records")
                try expectEqual(try await driver.claimAll().count, 50, "claimed")
            },
            Case("only one of many takes a job over") { fixture in
                let dead = try await fixture.makeDriver("dead")
                try await dead.append((0..<20).map { job("\($0)") })
                _ = try await dead.claimAll()
                try await fixture.advancePastLease()
                let taken = try await withThrowingTaskGroup(of: [Job].self) { group in
                    for index in 0..<4 {
                        group.addTask {
                            try await fixture.makeDriver("heir \(index)").reclaimAll()
                        }
                    }
                    return try await group.reduce(into: []) { $0.append(contentsOf: $1) }
                }
                try expectEqual(taken.count, 20, "jobs taken over")
                try expectEqual(Set(records(taken)).count, 20, "different records")
                try expectEqual(Set(taken.map(\.deaths)), [1], "deaths")
            },
        ]
    }
}

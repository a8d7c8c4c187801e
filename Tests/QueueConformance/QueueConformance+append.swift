import QueueCore

extension QueueConformance {
    static var appendCases: [Case] {
        [
            Case("jobs are claimed in the order of their append, as they went in") { fixture in
                let driver = try await fixture.makeDriver("a")
                var second = job("second", records: 3)
                second.replayKey = Array("key \u{0}".utf8)
                second.deaths = 2
                try await driver.append([job("first"), second])
                try await driver.append([job("third")])
                let claimed = try await driver.claimAll()
                try expectEqual(claimed.map(\.records.count), [1, 3, 1], "records of each job")
                try expectEqual(
                    records(claimed).map(\.payload), payloads(of: [job("first"), second, job("third")]), "payloads")
                try expectEqual(claimed.map(\.version), [1, 1, 1], "versions")
                try expectEqual(claimed.map(\.deaths), [0, 2, 0], "deaths")
                try expectEqual(claimed.map(\.replayKey), [nil, second.replayKey, nil], "replay keys")
                try expectEqual(
                    claimed.map(\.byteCount), [job("first"), second, job("third")].map(\.byteCount), "bytes")
                try expectEqual(claimed.compactMap(\.damage), [], "damages")
                try expectEqual(ids(claimed).count, 3, "different ids")
            },
            Case("nothing appended is nothing") { fixture in
                let driver = try await fixture.makeDriver("a")
                try await driver.append([])
                try expectEqual(try await driver.depth().records, 0, "records")
                try expectEqual(try await driver.claimAll(), [], "jobs")
            },
            Case("an append over the limit in records is refused whole", limits: QueueLimits(maxRecords: 5)) {
                fixture in
                let driver = try await fixture.makeDriver("a")
                try await driver.append([job("a", records: 3)])
                let code = await errorCode { () throws(QueueError) in
                    try await driver.append([job("b", records: 2), job("c")])
                }
                try expectEqual(code, .full, "error")
                try expectEqual(try await driver.depth().records, 3, "records")
                try await driver.append([job("d", records: 2)])
                try expectEqual(records(try await driver.claimAll()).count, 5, "records claimed")
            },
            Case("an append over the limit in bytes is refused whole", limits: QueueLimits(maxBytes: 100)) { fixture in
                let driver = try await fixture.makeDriver("a")
                let half = NewJob(records: [QueueRecord(payload: [UInt8](repeating: 7, count: 46))])
                let small = NewJob(records: [QueueRecord(payload: [])])
                try await driver.append([half])
                let code = await errorCode { () throws(QueueError) in
                    try await driver.append([half, small])
                }
                try expectEqual(code, .full, "error")
                try expectEqual(try await driver.depth().bytes, 50, "bytes")
                try await driver.append([half])
                try expectEqual(try await driver.depth().bytes, 100, "bytes at the limit")
                try expectEqual(try await driver.claimAll().count, 2, "jobs")
            },
            Case("a job without records or with too many is refused") { fixture in
                let driver = try await fixture.makeDriver("a")
                for bad in [NewJob(records: []), job("many", records: JobFormat.maximumRecords + 1)] {
                    let code = await errorCode { () throws(QueueError) in
                        try await driver.append([job("good"), bad])
                    }
                    try expectEqual(code, .malformedJob, "error for \(bad.records.count) records")
                }
                try expectEqual(try await driver.depth().records, 0, "records")
            },
            Case("a job of 1,000 records travels whole") { fixture in
                let driver = try await fixture.makeDriver("a")
                let large = job("large", records: JobFormat.maximumRecords)
                try await driver.append([large])
                let claimed = try await driver.claim(maxRecords: 1, maxBytes: 1, wait: .zero)
                try expectEqual(claimed.map(\.records), [large.records], "records")
            },
            Case("payloads are bytes, whatever they are") { fixture in
                let driver = try await fixture.makeDriver("a")
                let payloads: [[UInt8]] = [
                    [], Array(0...255), Array("\r\n$3\r\n*1\r\n".utf8), [0], [0xC3, 0x28], [0xED, 0xA0, 0x80],
                    [UInt8](repeating: 0xFF, count: 100_000),
                ]
                try await driver.append([NewJob(records: payloads.map { QueueRecord(payload: $0) })])
                try expectEqual(records(try await driver.claimAll()).map(\.payload), payloads, "payloads")
            },
            Case("depth counts what waits, what is held and what is put away; age is the oldest's") { fixture in
                let driver = try await fixture.makeDriver("a")
                let empty = try await driver.depth()
                try expectEqual(
                    empty, QueueDepth(records: 0, bytes: 0, oldestAgeMilliseconds: nil), "depth of an empty queue")
                try await driver.append([job("a", records: 2), job("b", records: 3)])
                let bytes = job("a", records: 2).byteCount + job("b", records: 3).byteCount
                try await fixture.advance(.milliseconds(20))
                let depth = try await driver.depth()
                try expectEqual(depth.records, 5, "records waiting")
                try expectEqual(depth.bytes, bytes, "bytes waiting")
                let age = depth.oldestAgeMilliseconds ?? -1
                try expect((15...60_000).contains(age), "age of \(age) ms after 20 ms")
                let held = try await driver.claim(maxRecords: 2, maxBytes: plenty, wait: .zero)
                try expectEqual(try await driver.depth().records, 5, "records with a job held")
                _ = try await driver.retryLater(held, after: .seconds(60))
                let away = try await driver.depth()
                try expectEqual(away.records, 5, "records with a job put away")
                try expectEqual(away.bytes, bytes, "bytes with a job put away")
            },
        ]
    }

    private static func payloads(of jobs: [NewJob]) -> [[UInt8]] {
        jobs.flatMap { $0.records.map(\.payload) }
    }
}

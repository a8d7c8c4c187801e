import QueueCore
import Testing

@Suite("Job format")
struct JobFormatTests {
    @Test("what is encoded is decoded, and its length is known before")
    func roundTrip() throws {
        let records = [[], [0], Array(0...255), [UInt8](repeating: 9, count: 70_000)].map(QueueRecord.init(payload:))
        let bytes = JobFormat.encode(records)
        #expect(bytes.count == JobFormat.byteCount(of: records))
        #expect(try JobFormat.decode(bytes) == records)
        // Read out of a larger buffer, whose indices do not begin at 0.
        #expect(try JobFormat.decode(([1, 2] + bytes + [3])[2..<(2 + bytes.count)]) == records)
    }

    @Test("the bytes are fixed for ever")
    func golden() {
        let records = [QueueRecord(payload: [0xAA, 0xBB]), QueueRecord(payload: [])]
        #expect(JobFormat.encode(records) == [0, 0, 0, 2, 0xAA, 0xBB, 0, 0, 0, 0])
    }

    @Test(
        "what is no job is refused",
        arguments: [
            [], [0], [0, 0, 0], [0, 0, 0, 1], [0, 0, 0, 2, 1], [0, 0, 0, 0, 7], [0xFF, 0xFF, 0xFF, 0xFF, 1, 2, 3],
            [0, 0, 0, 1, 5, 0, 0, 0, 1], [UInt8](repeating: 0, count: 4 * 1_001),
        ] as [[UInt8]]
    )
    func malformed(bytes: [UInt8]) {
        let error = #expect(throws: QueueError.self) { try JobFormat.decode(bytes) }
        #expect(error?.code == .malformedJob)
    }

    @Test("1,000 records are a job")
    func largest() throws {
        #expect(try JobFormat.decode([UInt8](repeating: 0, count: 4 * 1_000)).count == 1_000)
    }

    @Test("no random bytes do harm, and what decodes encodes to itself", arguments: 1...5)
    func fuzz(seed: UInt64) {
        var random = SeededRandom(seed: seed)
        for _ in 0..<5_000 {
            let bytes = (0..<Int.random(in: 0...40, using: &random)).map { _ in
                Bool.random(using: &random) ? 0 : UInt8.random(in: 0...6, using: &random)
            }
            if let records = try? JobFormat.decode(bytes) {
                #expect(JobFormat.encode(records) == bytes, "seed \(seed)")
            }
        }
    }
}

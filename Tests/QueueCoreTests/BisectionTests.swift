import QueueCore
import Testing

@Suite("Bisection")
struct BisectionTests {
    /// Remembers what it was asked; refuses records whose first byte is 0xBD.
    struct Store: BatchTransaction {
        var stored: [QueueRecord] = []
        var calls = 0
        var failsAtCall: (call: Int, failure: WorkFailure)?

        mutating func store(_ records: ArraySlice<QueueRecord>) throws(WorkFailure) {
            calls += 1
            if let (call, failure) = failsAtCall, call == calls {
                throw failure
            }
            if let bad = records.first(where: { $0.payload.first == 0xBD }) {
                throw WorkFailure(.data, code: 1_406, message: "too long: \(bad.payload.count)")
            }
            stored.append(contentsOf: records)
        }

        mutating func bury(_ letters: [DeadLetter]) throws(WorkFailure) {}
        mutating func markReplayed(_ keys: [[UInt8]]) throws(WorkFailure) {}
    }

    static func records(_ count: Int, bad: Set<Int>) -> [QueueRecord] {
        (0..<count).map { QueueRecord(payload: [bad.contains($0) ? 0xBD : 0, UInt8($0 >> 8), UInt8($0 & 255)]) }
    }

    static let cases: [(count: Int, bad: Set<Int>)] = [
        (500, []), (500, [0]), (500, [499]), (500, [250]), (500, Set(0..<500)), (500, [3, 4, 5, 498]),
        (1, []), (1, [0]), (2, [1]), (3, [0, 2]), (7, [6]), (0, []),
    ]

    @Test(
        "exactly the bad records are refused, all others stored, in order, in at most 2n − 1 calls",
        arguments: Self.cases
    )
    func findsTheBad(count: Int, bad: Set<Int>) throws {
        let records = Self.records(count, bad: bad)
        var store = Store()
        var settled: [Int] = []
        var refused: Set<Int> = []
        try Bisection.settle(records, in: &store) { range, failure throws(WorkFailure) in
            settled.append(contentsOf: range)
            if let failure {
                #expect(range.count == 1)
                #expect(failure.code == 1_406)
                refused.formUnion(range)
            }
        }
        #expect(settled == Array(0..<count))
        #expect(refused == bad)
        #expect(store.stored == records.enumerated().filter { !bad.contains($0.offset) }.map(\.element))
        #expect(store.calls <= max(1, 2 * count - 1))
        if bad.isEmpty, count > 0 {
            #expect(store.calls == 1)
        }
        if bad.count == 1, count == 500 {
            #expect(store.calls <= 2 * 9 + 1, "1 in 500 takes two calls a level")
        }
    }

    @Test("any other failure in the middle ends it", arguments: [WorkFailure.Class.infrastructure, .configuration])
    func otherFailures(class failureClass: WorkFailure.Class) {
        let failure = WorkFailure(failureClass, code: 2_013, message: "gone")
        var store = Store(failsAtCall: (5, failure))
        #expect(throws: failure) {
            try Bisection.settle(Self.records(500, bad: [100]), in: &store) { _, _ in }
        }
        #expect(store.calls == 5)
    }

    @Test("the caller may give up")
    func givingUp() {
        let failure = WorkFailure(.aborted, code: 0, message: "enough")
        var store = Store()
        var refused = 0
        #expect(throws: failure) {
            try Bisection.settle(Self.records(500, bad: Set(0..<500)), in: &store) { _, reason throws(WorkFailure) in
                refused += reason == nil ? 0 : 1
                if refused > 10 {
                    throw failure
                }
            }
        }
        #expect(refused == 11)
    }
}

import Fingerprint
import Ingest

extension Gate {
    /// Bytes of a body in, what to admit out: decoding, scrubbing, fingerprint, record.
    static let paths = [
        errors(
            "path-known", "a report of 300 bytes whose error is known: no record", GateInput.report, iterations: 200,
            hasRecord: false
        ) {
            try $0.admission(forSingle: $1, receivedAt: GateInput.now, isKnown: { _ in true })
        },
        errors("path-new", "a report of 300 bytes with its record", GateInput.report, iterations: 200) {
            try $0.admission(forSingle: $1, receivedAt: GateInput.now)
        },
        errors(
            "path-stack", "a report with a stack trace of 4 KiB and its record", GateInput.reportWithStack,
            iterations: 50
        ) {
            try $0.admission(forSingle: $1, receivedAt: GateInput.now)
        },
        errors("path-batch", "a batch of 100 reports of 40 errors", GateInput.batch, iterations: 10) {
            try $0.admission(forBatch: $1, receivedAt: GateInput.now)
        },
        events("path-event", "an event", GateInput.event, iterations: 200) {
            try $0.admission(forSingle: $1, receivedAt: GateInput.now)
        },
        events("path-events", "a batch of 100 events", GateInput.events, iterations: 10) {
            try $0.admission(forBatch: $1, receivedAt: GateInput.now)
        },
    ]

    private static func errors(
        _ name: String, _ summary: String, _ body: [UInt8], iterations: Int, hasRecord: Bool = true,
        _ admit: @escaping @Sendable (ErrorPath, UnsafeRawBufferPointer) throws -> ErrorAdmission
    ) -> Gate {
        Gate(name, summary, iterations: iterations) {
            let path = try ErrorPath(grouping: .standard)
            let once = { try body.withUnsafeBytes { try admit(path, $0) } }
            let first = try once()
            try expect(first.keptCount == first.items.count && !first.groups.isEmpty, "a report was rejected")
            try expect(first.groups.allSatisfy { $0.record.isEmpty != hasRecord }, "records are not as they should be")
            return {
                let admission = try once()
                return admission.items.count + admission.groups.count
            }
        }
    }

    private static func events(
        _ name: String, _ summary: String, _ body: [UInt8], iterations: Int,
        _ admit: @escaping @Sendable (EventPath, UnsafeRawBufferPointer) throws -> EventAdmission
    ) -> Gate {
        Gate(name, summary, iterations: iterations) {
            let path = try EventPath()
            let once = { try body.withUnsafeBytes { try admit(path, $0) } }
            let first = try once()
            try expect(first.records.count == first.items.count && !first.items.isEmpty, "an event was rejected")
            return { try once().records.count }
        }
    }
}

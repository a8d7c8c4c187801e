import Fingerprint
import Ingest

extension Gate {
    /// What travels in a job: written by the accept path, read by the worker.
    static let records = [
        Gate("record-encode", "encode the record of a report of 300 bytes", iterations: 500) {
            let record = try ErrorRecord(decoding: errorRecord())
            return { record.encoded().count }
        },
        Gate("record-decode", "decode the record of a report of 300 bytes", iterations: 500) {
            let bytes = try errorRecord()
            return { Int(try ErrorRecord(decoding: bytes).eventMilliseconds) }
        },
        Gate("event-encode", "encode the record of an event", iterations: 500) {
            let record = try EventRecord(decoding: eventRecord())
            return { record.encoded().count }
        },
        Gate("event-decode", "decode the record of an event", iterations: 500) {
            let bytes = try eventRecord()
            return { Int(try EventRecord(decoding: bytes).occurredMilliseconds) }
        },
    ]

    static func errorRecord() throws -> [UInt8] {
        let path = try ErrorPath(grouping: .standard)
        let admission = try GateInput.report.withUnsafeBytes {
            try path.admission(forSingle: $0, receivedAt: GateInput.now)
        }
        guard let group = admission.groups.first else { throw GateProblem("the report has no record") }
        return group.record
    }

    private static func eventRecord() throws -> [UInt8] {
        let path = try EventPath()
        let admission = try GateInput.event.withUnsafeBytes {
            try path.admission(forSingle: $0, receivedAt: GateInput.now)
        }
        guard let record = admission.records.first else { throw GateProblem("the event has no record") }
        return record.payload
    }
}

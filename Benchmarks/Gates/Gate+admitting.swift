import Fingerprint
import Ingest
import IngestStorage
import RedisClient

extension Gate {
    /// From what is to be admitted to the arguments of admit.lua.
    static let admitting = [
        encode("admit-report", "the arguments for one report of 300 bytes with its record", iterations: 500) {
            try admission(of: GateInput.report, isBatch: false)
        },
        encode("admit-batch", "the arguments for a batch of 100 reports of 40 errors", iterations: 50) {
            try admission(of: GateInput.batch, isBatch: true)
        },
    ]

    static func admission(of body: [UInt8], isBatch: Bool) throws -> ErrorAdmission {
        let path = try ErrorPath(grouping: .standard)
        return try body.withUnsafeBytes {
            isBatch
                ? try path.admission(forBatch: $0, receivedAt: GateInput.now)
                : try path.admission(forSingle: $0, receivedAt: GateInput.now)
        }
    }

    private static func encode(
        _ name: String, _ summary: String, iterations: Int,
        _ admission: @escaping @Sendable () throws -> ErrorAdmission
    ) -> Gate {
        Gate(name, summary, iterations: iterations) {
            let admission = try admission()
            let work = {
                var arguments: [RedisArgument] = []
                arguments.reserveCapacity(2 + 3 * admission.groups.count)
                AdmissionPart(whole: admission).append(to: &arguments)
                return arguments.count
            }
            try expect(work() == 2 + 3 * admission.groups.count, "arguments are missing")
            return work
        }
    }
}

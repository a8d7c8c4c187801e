import Fingerprint
import Ingest
import QueueCore

/// 2023-11-14T22:13:20.000Z, the time of receipt in these tests.
let receivedMilliseconds: Int64 = 1_700_000_000_000

/// The one report of a request, read back from the record a worker would get.
struct KeptReport {
    var admission: ErrorAdmission
    var record: ErrorRecord

    var item: ErrorAdmission.Item { admission.items[0] }

    func text(_ field: ErrorField) -> String? {
        record.texts[field].flatMap { String(validating: $0, as: UTF8.self) }
    }
}

func admitSingle(_ body: [UInt8], at now: Int64 = receivedMilliseconds) throws -> ErrorAdmission {
    let path = try ErrorPath(grouping: .standard)
    return try body.withUnsafeBytes { try path.admission(forSingle: $0, receivedAt: now) }
}

func admitBatch(_ body: String, at now: Int64 = receivedMilliseconds) throws -> ErrorAdmission {
    let path = try ErrorPath(grouping: .standard)
    return try Array(body.utf8).withUnsafeBytes { try path.admission(forBatch: $0, receivedAt: now) }
}

func kept(_ body: [UInt8]) throws -> KeptReport {
    let admission = try admitSingle(body)
    return KeptReport(admission: admission, record: try ErrorRecord(decoding: admission.groups[0].record))
}

func kept(_ body: String) throws -> KeptReport {
    try kept(Array(body.utf8))
}

/// Why a single report is rejected; nil when it is not.
func rejection(_ body: [UInt8]) throws -> RequestRejection? {
    do {
        _ = try admitSingle(body)
        return nil
    } catch let rejection as RequestRejection {
        return rejection
    }
}

func rejection(_ body: String) throws -> RequestRejection? {
    try rejection(Array(body.utf8))
}

/// Bytes from a text in which `<xx>` stands for a byte in hexadecimal.
func bytes(_ text: String) -> [UInt8] {
    var output: [UInt8] = []
    let input = Array(text.utf8)
    var index = 0
    while index < input.count {
        if input[index] == UInt8(ascii: "<"), index + 3 < input.count, input[index + 3] == UInt8(ascii: ">"),
            let byte = UInt8(String(decoding: input[index + 1...index + 2], as: UTF8.self), radix: 16)
        {
            output.append(byte)
            index += 4
        } else {
            output.append(input[index])
            index += 1
        }
    }
    return output
}

import Fingerprint
import Ingest

/// The single reports of one turn of an event loop, summed up by fingerprint: one script call and one fsync serve them all.
///
/// Only reports without an event id of the client: two with one id must meet in the store, not here.
struct AdmissionTurn {
    /// At these sizes a turn is sent at once; a job carries at most 1,000 records.
    private static let maxGroups = 500
    private static let maxRecordBytes = 512 * 1024

    private(set) var groups: [ErrorAdmission.Group] = []
    private var indices: [Fingerprint: Int] = [:]
    private var recordBytes = 0
    /// Who waits, and for which group.
    private var waiting: [(group: Int, completion: RedisErrorAdmitter.Completion)] = []

    var isEmpty: Bool { waiting.isEmpty }
    var isFull: Bool { groups.count >= Self.maxGroups || recordBytes >= Self.maxRecordBytes }

    mutating func add(_ group: ErrorAdmission.Group, completion: @escaping RedisErrorAdmitter.Completion) {
        if let index = indices[group.fingerprint] {
            groups[index].tally.merge(group.tally)
            if groups[index].record.isEmpty, !group.record.isEmpty {
                groups[index].record = group.record
                recordBytes += group.record.count
            }
            waiting.append((index, completion))
        } else {
            indices[group.fingerprint] = groups.count
            recordBytes += group.record.count
            waiting.append((groups.count, completion))
            groups.append(group)
        }
    }

    /// Tells each one that waits what became of its group.
    func complete(_ outcome: AdmitOutcome) {
        for (group, completion) in waiting {
            completion(AdmitOutcome(groups: [outcome.groups[group]], identifiedAreDuplicates: []))
        }
    }
}

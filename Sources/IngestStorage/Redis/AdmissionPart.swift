import Fingerprint
package import Ingest
import QueueCore
package import RedisClient

/// What one shard is asked to admit of a request, and where its parts stand in the whole.
package struct AdmissionPart {
    var groups: [ErrorAdmission.Group]
    var identified: [ErrorAdmission.Identified]
    /// For each group and identified item its index in the whole admission; empty when this is the whole.
    var groupIndices: [Int] = []
    var identifiedIndices: [Int] = []

    package init(whole admission: ErrorAdmission) {
        self.groups = admission.groups
        self.identified = admission.identified
    }

    init(groups: [ErrorAdmission.Group] = []) {
        self.groups = groups
        self.identified = []
    }

    /// One part per shard that has any group, by shard.
    static func split(_ admission: ErrorAdmission, shards: Int) -> [(shard: Int, part: AdmissionPart)] {
        var parts = [AdmissionPart](repeating: AdmissionPart(), count: shards)
        var place: [(shard: Int, index: Int)] = []
        place.reserveCapacity(admission.groups.count)
        for (index, group) in admission.groups.enumerated() {
            let shard = ShardMap.shard(of: group.fingerprint, count: shards)
            place.append((shard, parts[shard].groups.count))
            parts[shard].groups.append(group)
            parts[shard].groupIndices.append(index)
        }
        for (index, item) in admission.identified.enumerated() {
            let (shard, local) = place[item.groupIndex]
            var item = item
            item.groupIndex = local
            parts[shard].identified.append(item)
            parts[shard].identifiedIndices.append(index)
        }
        return parts.enumerated().filter { !$0.element.groups.isEmpty }.map { ($0.offset, $0.element) }
    }

    /// ARGV[8…] of admit.lua.
    package func append(to arguments: inout [RedisArgument]) {
        arguments.append(.integer(Int64(groups.count)))
        arguments.append(.integer(Int64(identified.count)))
        for group in groups {
            arguments.append(.bytes(group.fingerprint.bytes))
            arguments.append(.bytes(PackedTally.encode(group.tally)))
            var framed: [UInt8] = []
            if !group.record.isEmpty {
                framed.reserveCapacity(JobFormat.headerByteCount + group.record.count)
                JobFormat.append(group.record, to: &framed)
            }
            arguments.append(.bytes(framed))
        }
        for item in identified {
            arguments.append(.bytes(item.eventHash.bytes))
            arguments.append(.integer(Int64(item.groupIndex + 1)))
            arguments.append(.bytes(PackedTally.encode(item.tally)))
        }
    }

    /// The same outcome for every group.
    func outcome(_ state: AdmitOutcome.Group) -> AdmitOutcome {
        AdmitOutcome(
            groups: [AdmitOutcome.Group](repeating: state, count: groups.count),
            identifiedAreDuplicates: [Bool](repeating: false, count: identified.count)
        )
    }

    /// Reads the script's answer. Nil when the epoch differs and nothing was done. An answer of another shape means that the
    /// script ran and its effect is not known.
    package func outcome(_ value: RedisValue) -> AdmitOutcome? {
        guard let values = value.elements, let code = values.first?.integerValue else { return outcome(.unknown) }
        if code == 1 { return nil }
        guard code == 0, values.count >= 3, let states = values[1].bytes, let items = values[2].bytes,
            states.count == groups.count, items.count == identified.count
        else { return outcome(.unknown) }
        return AdmitOutcome(
            groups: states.map { letter in
                switch letter {
                case UInt8(ascii: "c"): .counted
                case UInt8(ascii: "q"): .queued
                case UInt8(ascii: "d"): .onlyDuplicates
                case UInt8(ascii: "m"): .recordMissing
                case UInt8(ascii: "f"): .refusedQueueFull
                case UInt8(ascii: "w"): .refusedTooManyWaiting
                default: .unknown
                }
            },
            identifiedAreDuplicates: items.map { $0 == UInt8(ascii: "d") }
        )
    }
}

/// Puts the outcomes of several shards together; completes when the last one is in. Confined to one event loop.
final class JoinedOutcome {
    private var whole: AdmitOutcome
    private var waitingFor: Int
    private let completion: RedisErrorAdmitter.Completion

    init(admission: ErrorAdmission, waitingFor parts: Int, completion: @escaping RedisErrorAdmitter.Completion) {
        self.whole = AdmissionPart(whole: admission).outcome(.unknown)
        self.waitingFor = parts
        self.completion = completion
    }

    func add(_ outcome: AdmitOutcome, of part: AdmissionPart) {
        for (local, index) in part.groupIndices.enumerated() { whole.groups[index] = outcome.groups[local] }
        for (local, index) in part.identifiedIndices.enumerated() {
            whole.identifiedAreDuplicates[index] = outcome.identifiedAreDuplicates[local]
        }
        waitingFor -= 1
        if waitingFor == 0 { completion(whole) }
    }
}

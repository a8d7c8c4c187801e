import QueueCore
import RedisClient

/// One entry of a queue's stream as the server sends it: `[id, [field, value, …]]`, from `queue_reclaim.lua` with the deaths
/// since the job was queued behind it.
///
/// Fields: `v` format version, `n` records, `d` framed records, `x` deaths before this entry, `t` ms when it was first queued (when
/// it is not the entry's own id), `k` replay key.
struct RedisStreamEntry {
    let job: Job

    /// Nil only when there is no id. Whatever else is wrong with an entry makes a damaged job, which is buried, not skipped.
    init?(_ value: RedisValue) {
        guard let parts = value.elements, parts.count >= 2, let id = parts[0].text else { return nil }
        let fields = parts[1].elements ?? []
        var version: Int?
        var data: [UInt8] = []
        var deaths = 0
        var since: Int64?
        var replayKey: [UInt8]?
        var index = 0
        while index + 1 < fields.count {
            let field = fields[index + 1]
            switch fields[index].text {
            case "v": version = field.text.flatMap { Int($0) }
            case "d": data = field.bytes ?? []
            case "x": deaths = field.text.flatMap { Int($0) } ?? 0
            case "t": since = field.text.flatMap { Int64($0) }
            case "k": replayKey = field.bytes.flatMap { $0.isEmpty ? nil : $0 }
            default: break
            }
            index += 2
        }
        if parts.count > 2 { deaths += Int(parts[2].integerValue ?? 0) }
        let enqueued = since ?? id.split(separator: "-").first.flatMap { Int64($0) } ?? 0
        var records: [QueueRecord] = []
        var damage: String?
        if version == nil {
            damage = "no format version"
        } else if version == JobFormat.version {
            do throws(QueueError) {
                records = try JobFormat.decode(data)
            } catch {
                damage = error.message
            }
        }
        if damage != nil { records = [QueueRecord(payload: data)] }
        self.job = Job(
            id: JobID(id),
            version: version ?? JobFormat.version,
            records: records,
            byteCount: data.count,
            deaths: deaths,
            enqueuedAtMilliseconds: enqueued,
            replayKey: replayKey,
            damage: damage
        )
    }
}

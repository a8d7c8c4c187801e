/// The scripts one server is known to have, and the calls that wait for one to be loaded.
struct ScriptTable {
    private struct Loaded {
        let script: RedisScript
        /// SHA-1 in hex, as the server gave it.
        let digest: [UInt8]
    }

    private struct Wait {
        let script: RedisScript
        var calls: [PendingReply]
    }

    private var loaded: [Loaded] = []
    private var waits: [Wait] = []
    private(set) var waitingCount = 0
    private(set) var waitingBytes = 0

    /// A service has a dozen scripts or so: comparing pointers one after the other beats hashing.
    func digest(of script: RedisScript) -> [UInt8]? {
        for known in loaded where known.script.storage === script.storage { return known.digest }
        for known in loaded where known.script.isSame(as: script) { return known.digest }
        return nil
    }

    mutating func learn(_ script: RedisScript, digest: [UInt8]) {
        let entry = Loaded(script: script, digest: digest)
        if let index = loaded.firstIndex(where: { $0.script.isSame(as: script) }) {
            loaded[index] = entry
        } else {
            loaded.append(entry)
        }
    }

    /// - Returns: true for the first call that waits for this script: it has to be loaded now.
    mutating func wait(_ call: PendingReply, for script: RedisScript) -> Bool {
        waitingCount += 1
        waitingBytes += call.byteCount
        if let index = waits.firstIndex(where: { $0.script.isSame(as: script) }) {
            waits[index].calls.append(call)
            return false
        }
        waits.append(Wait(script: script, calls: [call]))
        return true
    }

    mutating func take(_ script: RedisScript) -> [PendingReply] {
        guard let index = waits.firstIndex(where: { $0.script.isSame(as: script) }) else { return [] }
        let calls = waits.remove(at: index).calls
        for call in calls {
            waitingCount -= 1
            waitingBytes -= call.byteCount
        }
        return calls
    }

    mutating func takeAll() -> [PendingReply] {
        let calls = waits.flatMap(\.calls)
        waits = []
        waitingCount = 0
        waitingBytes = 0
        return calls
    }
}

public import RedisClient

/// The Lua scripts, each documented at the head of its file in `Sources/CAssets/lua`.
public enum RedisScripts {
    static let admit = script("admit", after: "seen")
    static let recover = script("recover")
    static let seal = script("seal")
    static let settle = script("settle")
    static let live = script("live")
    static let touched = script("touched")
    static let queueOffer = script("queue_offer", after: "seen")
    static let queueAppend = script("queue_append")
    static let queueClaim = script("queue_claim")
    static let queueExtend = script("queue_extend")
    static let queueAcknowledge = script("queue_acknowledge")
    static let queuePostpone = script("queue_postpone")
    static let queuePromote = script("queue_promote")
    static let queueReclaim = script("queue_reclaim")
    static let queueDepth = script("queue_depth")
    static let queueLeave = script("queue_leave")

    /// All of them, for a connection to load when it is made.
    public static let all: [RedisScript] = [
        admit, recover, seal, settle, live, touched, queueOffer, queueAppend, queueClaim, queueExtend,
        queueAcknowledge, queuePostpone, queuePromote, queueReclaim, queueDepth, queueLeave,
    ]

    private static func script(_ name: String) -> RedisScript {
        RedisScript(name: name, source: Assets.bytes("lua/\(name).lua"))
    }

    /// The functions of `library` stand behind the script's first line, which names the engine and the flags.
    private static func script(_ name: String, after library: String) -> RedisScript {
        var source = Assets.bytes("lua/\(name).lua")
        let firstLineEnd = source.firstIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
        source.insert(contentsOf: Assets.bytes("lua/\(library).lua"), at: firstLineEnd)
        return RedisScript(name: name, source: source)
    }
}

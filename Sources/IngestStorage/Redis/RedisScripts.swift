public import RedisClient

/// The Lua scripts, each documented at the head of its file in `Sources/CAssets/lua`.
public enum RedisScripts {
    static let admit = script("admit")
    static let recover = script("recover")
    static let seal = script("seal")
    static let settle = script("settle")
    static let live = script("live")
    static let touched = script("touched")
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
        admit, recover, seal, settle, live, touched, queueAppend, queueClaim, queueExtend, queueAcknowledge,
        queuePostpone,
        queuePromote, queueReclaim, queueDepth, queueLeave,
    ]

    private static func script(_ name: String) -> RedisScript {
        RedisScript(name: name, source: Assets.bytes("lua/\(name).lua"))
    }
}

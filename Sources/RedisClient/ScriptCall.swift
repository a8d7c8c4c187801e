/// What it takes to send a script's command again after `NOSCRIPT`. The arrays are shared with the caller, not copied.
struct ScriptCall {
    let script: RedisScript
    let keys: [[UInt8]]
    let arguments: [RedisArgument]
    /// The script was loaded for this call already; a second `NOSCRIPT` is an error.
    var wasReloaded = false
}

/// A Lua script. Make each once and share it: a link finds it by identity first. The server says its SHA-1 (`SCRIPT
/// LOAD`) at each connect, so none is computed here.
public struct RedisScript: Sendable {
    final class Storage: Sendable {
        let name: String
        let source: [UInt8]

        init(name: String, source: [UInt8]) {
            self.name = name
            self.source = source
        }
    }

    let storage: Storage

    /// - Parameters:
    ///   - name: how the observer and error messages call it.
    ///   - source: Lua as it goes to the server, with its `#!lua` line if it has one.
    public init(name: String, source: [UInt8]) {
        storage = Storage(name: name, source: source)
    }

    public var name: String { storage.name }
    public var source: [UInt8] { storage.source }

    /// Whether both are the same script; the source decides, the identity makes it quick.
    func isSame(as other: RedisScript) -> Bool {
        storage === other.storage || storage.source == other.storage.source
    }
}

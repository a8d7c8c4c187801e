import CAssets

/// The SQL and Lua files of `Sources/CAssets`, and `docs/openapi.yaml`, embedded in the binary.
package enum Assets {
    /// The bytes of one file, by its path below `Sources/CAssets`, such as `lua/admit.lua`.
    ///
    /// A missing path is a mistake in this module, not in any input: it stops the process at the first start.
    package static func bytes(_ path: String) -> [UInt8] {
        guard let bytes = all.first(where: { $0.path == path })?.bytes else {
            preconditionFailure("no embedded file \(path): add it to Sources/CAssets/assets.c")
        }
        return bytes
    }

    static func text(_ path: String) -> String {
        String(decoding: bytes(path), as: UTF8.self)
    }

    /// The paths of all files that start with `prefix`, sorted.
    static func paths(startingWith prefix: String) -> [String] {
        all.map(\.path).filter { $0.hasPrefix(prefix) }.sorted()
    }

    private static let all: [(path: String, bytes: [UInt8])] = {
        var count = 0
        let table = ei_assets(&count)
        return UnsafeBufferPointer(start: table, count: count).map { asset in
            (String(cString: asset.path), Array(UnsafeBufferPointer(start: asset.bytes, count: asset.length)))
        }
    }()
}

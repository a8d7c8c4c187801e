/// One numbered file of `Sources/CAssets/sql`.
struct Migration {
    /// The digits its name starts with.
    let number: Int
    let name: String
    /// In their order. A statement ends with a `;` at the end of a line; lines that start with `--` are comments.
    let statements: [String]
    /// FNV-1a of the file, 16 hexadecimal digits: tells an edited file from the one that was applied.
    let checksum: String

    /// Sorted by number.
    static let all: [Migration] = Assets.paths(startingWith: "sql/0").compactMap(Migration.init(path:))

    init?(path: String) {
        let name = path.dropFirst("sql/".count).dropLast(".sql".count)
        guard let number = Int(name.prefix { $0 != "_" }) else { return nil }
        let bytes = Assets.bytes(path)
        self.number = number
        self.name = String(name)
        self.statements = Self.split(String(decoding: bytes, as: UTF8.self))
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
        let digits = String(hash, radix: 16)
        self.checksum = String(repeating: "0", count: 16 - digits.count) + digits
    }

    private static func split(_ text: String) -> [String] {
        var statements: [String] = []
        var lines: [Substring] = []
        for line in text.split(separator: "\n") where !line.hasPrefix("--") {
            if line.hasSuffix(";") {
                statements.append((lines + [line.dropLast()]).joined(separator: "\n"))
                lines = []
            } else {
                lines.append(line)
            }
        }
        return statements
    }
}

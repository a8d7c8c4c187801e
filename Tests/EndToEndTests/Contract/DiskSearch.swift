import EmbeddedServers

/// Looks for many texts in many files at once.
struct DiskSearch {
    /// By the first two bytes.
    private var needles: [UInt16: [[UInt8]]] = [:]
    private var begins = [Bool](repeating: false, count: 1 << 16)

    init(_ texts: Set<String>) {
        for text in texts {
            let bytes = Array(text.utf8)
            let start = UInt16(bytes[0]) | UInt16(bytes[1]) << 8
            needles[start, default: []].append(bytes)
            begins[Int(start)] = true
        }
    }

    /// Which of the texts are in the files of a directory and those below it.
    func found(inDirectory path: String) -> (texts: Set<String>, bytes: Int) {
        var texts: Set<String> = []
        var bytes = 0
        for name in FileTree.names(in: path) {
            let child = path + "/" + name
            if FileTree.isDirectory(child) {
                let below = found(inDirectory: child)
                texts.formUnion(below.texts)
                bytes += below.bytes
            } else if let content = FileTree.read(child, lastBytes: 1 << 30) {
                texts.formUnion(found(in: content))
                bytes += content.count
            }
        }
        return (texts, bytes)
    }

    func found(in content: [UInt8]) -> Set<String> {
        var texts: Set<String> = []
        content.withUnsafeBytes { content in
            for index in 0..<max(0, content.count - 1) {
                let start = UInt16(content[index]) | UInt16(content[index + 1]) << 8
                guard begins[Int(start)] else { continue }
                for needle in needles[start] ?? [] where content.count - index >= needle.count {
                    guard content[index..<index + needle.count].elementsEqual(needle) else { continue }
                    texts.insert(String(decoding: needle, as: UTF8.self))
                }
            }
        }
        return texts
    }
}

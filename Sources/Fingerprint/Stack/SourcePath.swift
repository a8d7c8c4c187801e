/// Reduces the path of a source file to what stays the same when the application is built again or installed elsewhere.
///
/// 1. A scheme and host go (`https://shop.example/`, `webpack://shop/`, `file://`), and so does a query.
/// 2. Everything up to and including the last root directory goes (``RootDirectories``), then all but the last
///    ``FingerprintLimits/pathComponents`` components.
/// 3. Hashes and versions in directories become `*`; hashes that a bundler put into the name of the file go
///    (``BuildHash``).
enum SourcePath {
    static func isSeparator(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: "/") || byte == UInt8(ascii: "\\")
    }

    /// Whether `part`, written with `/`, stands in the path, whatever separators the path has.
    static func has(_ part: StaticString, in path: ByteView) -> Bool {
        let part = ByteView(part)
        guard path.count >= part.count else { return false }
        for start in 0...(path.count - part.count) where has(part, in: path, at: start) { return true }
        return false
    }

    private static func has(_ part: ByteView, in path: ByteView, at start: Int) -> Bool {
        for index in 0..<part.count {
            let byte = path[start + index]
            let isSame = part[index] == UInt8(ascii: "/") ? isSeparator(byte) : part[index] == byte
            if !isSame { return false }
        }
        return true
    }

    static func isAbsolute(_ path: ByteView) -> Bool {
        isSeparator(path[0]) || isDrive(path.prefix(2))
    }

    /// The last component.
    static func name(of file: ByteView) -> ByteView {
        var start = file.count
        while start > 0, !isSeparator(file[start - 1]) { start -= 1 }
        return file.dropFirst(start)
    }

    static func append(_ file: ByteView, to output: inout ScratchBuffer) {
        let (path, isLocal) = withoutOrigin(file)
        // Pseudo files such as `<string>` and bare names need no more.
        var end = path.count
        while end > 0, isSeparator(path[end - 1]) { end -= 1 }
        guard end > 0 else {
            if !path.isEmpty { output.append(UInt8(ascii: "/")) }
            return
        }
        let nameStart = componentStart(in: path, before: end)
        var parent: ByteView?
        var grandparent: ByteView?
        collectDirectories(of: path, before: nameStart, isLocal: isLocal, parent: &parent, grandparent: &grandparent)
        if let grandparent {
            appendDirectory(grandparent, to: &output)
            output.append(UInt8(ascii: "/"))
        }
        if let parent {
            appendDirectory(parent, to: &output)
            output.append(UInt8(ascii: "/"))
        }
        appendName(path[nameStart..<end], in: BuildHash.place(of: parent, in: grandparent), to: &output)
    }

    /// The two directories nearest to the file that lie below the last root directory.
    private static func collectDirectories(
        of path: ByteView,
        before nameStart: Int,
        isLocal: Bool,
        parent: inout ByteView?,
        grandparent: inout ByteView?
    ) {
        var end = nameStart
        while true {
            while end > 0, isSeparator(path[end - 1]) { end -= 1 }
            guard end > 0 else { return }
            let start = componentStart(in: path, before: end)
            let component = path[start..<end]
            let isDot = component.equals(".") || component.equals("..") || isDrive(component)
            if !isDot {
                switch RootDirectories.role(of: component, isTop: isLocal && isTop(start, in: path)) {
                case .root:
                    return
                case .rootWithOwner:
                    // `/home/alice/…`: the directory below belongs to the prefix too.
                    if grandparent != nil { grandparent = nil } else { parent = nil }
                    return
                case .none:
                    if parent == nil {
                        parent = component
                    } else if grandparent == nil {
                        grandparent = component
                    } else {
                        return
                    }
                }
            }
            end = start
        }
    }

    /// Whether the component at `start` is the first one of an absolute path.
    private static func isTop(_ start: Int, in path: ByteView) -> Bool {
        guard start > 0 else { return false }
        return start == 1 || start == 3 && isDrive(path.prefix(2))
    }

    private static func isDrive(_ component: ByteView) -> Bool {
        component.count == 2 && component[0].isLetter && component[1] == UInt8(ascii: ":")
    }

    private static func componentStart(in path: ByteView, before end: Int) -> Int {
        var start = end
        while start > 0, !isSeparator(path[start - 1]) { start -= 1 }
        return start
    }

    /// The path, and whether it is one on the disk of a machine: the path of a URL has no home directories.
    private static func withoutOrigin(_ file: ByteView) -> (path: ByteView, isLocal: Bool) {
        var path = file
        var isLocal = true
        if let colon = file.firstIndex(of: "://"), colon < 32 {
            var index = colon + 3
            while index < file.count, file[index] != UInt8(ascii: "/"), file[index] != UInt8(ascii: "?") { index += 1 }
            path = file.dropFirst(index)
            isLocal = file.hasPrefix("file:")
            if let fragment = path.firstIndex(of: UInt8(ascii: "#")) { path = path.prefix(fragment) }
            if path.isEmpty { path = ByteView("/") }
            // `file:///C:/…`
            if isDrive(path[1..<3]), path[0] == UInt8(ascii: "/") { path = path.dropFirst(1) }
        }
        if let query = path.firstIndex(of: UInt8(ascii: "?")) { path = path.prefix(query) }
        return (path, isLocal)
    }

    private static func appendDirectory(_ directory: ByteView, to output: inout ScratchBuffer) {
        var name = directory
        // `react@18.2.0`: the version of a package.
        if let at = name.firstIndex(of: UInt8(ascii: "@"), from: 1), name[at + 1].isDigit { name = name.prefix(at) }
        let steady = BuildHash.steadyBytes(ofDirectory: name)
        output.append(name.prefix(steady))
        if steady < name.count { output.append(UInt8(ascii: "*")) }
    }

    private static func appendName(_ name: ByteView, in place: BuildHash.Place, to output: inout ScratchBuffer) {
        var stemEnd = name.lastIndex(of: UInt8(ascii: "."), before: name.count) ?? name.count
        if stemEnd == 0 { stemEnd = name.count }
        var stem = name.prefix(stemEnd)
        if let steady = BuildHash.steadyBytes(ofStem: stem, in: place) {
            stem = stem.prefix(steady)
            if steady == 0 { output.append(UInt8(ascii: "*")) }
        }
        // webpack numbers its chunks: `787.3f9a2b1c.chunk.js`.
        let isScript = name.hasSuffix("js")
        var start = 0
        while start < stem.count {
            var end = start
            while end < stem.count, !BuildHash.isSeparator(stem[end]) { end += 1 }
            let piece = stem[start..<end]
            if start == 0 {
                if BuildHash.isWholeName(piece) || isScript && FunctionName.isNumber(piece) {
                    output.append(UInt8(ascii: "*"))
                } else {
                    output.append(piece)
                }
            } else if !BuildHash.isHash(piece) {
                output.append(stem[start - 1])
                output.append(piece)
            }
            start = end + 1
        }
        if stem.count > 0, BuildHash.isSeparator(stem[stem.count - 1]) { output.append(stem[stem.count - 1]) }
        output.append(name.dropFirst(stemEnd))
    }
}

extension StackFormat {
    /// V8 (Chrome, Edge, Node, Deno) and Hermes: `at fn (file:line:column)`, `at file:line:column`, and what stands
    /// for the place of built-in and evaluated code. Format: https://v8.dev/docs/stack-trace-api
    static func v8Frame(_ line: ByteView) -> StackFrame? {
        guard line.hasPrefix("at ") else { return nil }
        var rest = inspected(line.dropFirst(3))
        if rest.hasPrefix("async ") { rest = rest.dropFirst(6) }
        guard rest[rest.count - 1] == UInt8(ascii: ")"), let opening = rest.firstIndex(of: " (") else {
            if rest.equals("<anonymous>") || rest.equals("native") { return StackFrame(function: .empty, file: .empty) }
            // Rust prints its places in the same form, below the line with the function.
            guard let file = SourcePosition.removed(from: rest), !file.hasSuffix(".rs") else { return nil }
            return StackFrame(function: .empty, file: v8File(file))
        }
        let location = rest[(opening + 2)..<(rest.count - 1)]
        guard let file = v8File(at: location) else { return nil }
        return StackFrame(function: v8Function(rest.prefix(opening)), file: file)
    }

    /// Without what Node's `util.inspect` puts behind the last frame of an error that has a cause or further fields
    /// (` {`), or stands in a list (`,`).
    private static func inspected(_ line: ByteView) -> ByteView {
        if line.hasSuffix(" {") { return line.prefix(line.count - 2) }
        return line.hasSuffix(",") ? line.prefix(line.count - 1) : line
    }

    /// The file of what stands in parentheses; empty for code without one.
    private static func v8File(at location: ByteView) -> ByteView? {
        if location.equals("<anonymous>") || location.equals("native") || location.hasPrefix("index ") { return .empty }
        if location.hasPrefix("eval at ") {
            // `eval at f (eval at g (file:1:2), <anonymous>:1:1), <anonymous>:3:4`: the innermost parentheses hold
            // the file.
            guard let opening = location.lastIndex(of: UInt8(ascii: "("), before: location.count) else { return .empty }
            let closing = location.firstIndex(of: UInt8(ascii: ")"), from: opening) ?? location.count
            return SourcePosition.removed(from: location[(opening + 1)..<closing]).map(v8File) ?? .empty
        }
        if location.hasPrefix("address at ") { return v8File(at: location.dropFirst(11)) }
        if location.hasPrefix("wasm://") { return v8File(location) }
        return SourcePosition.removed(from: location).map(v8File)
    }

    private static func v8File(_ location: ByteView) -> ByteView {
        // `native:7:39` is Bun's.
        if location.hasPrefix("<anonymous>") || location.equals("native") { return .empty }
        guard location.hasPrefix("wasm://") else { return location }
        return location.prefix(location.firstIndex(of: ":wasm-function") ?? location.count)
    }

    /// The modules of Node up to 14, which have no `node:` or `internal/` in front of their names.
    private static let nodeModules = NamePrefixes([
        "_debug", "_http_", "_stream_", "_tls_", "assert.js", "async_hooks.js", "bootstrap_node.js", "buffer.js",
        "child_process.js", "cluster.js", "console.js", "crypto.js", "dgram.js", "dns.js", "domain.js", "events.js",
        "fs.js", "http.js", "http2.js", "https.js", "inspector.js", "module.js", "net.js", "node.js", "os.js",
        "path.js", "perf_hooks.js", "process.js", "punycode.js", "querystring.js", "readline.js", "repl.js",
        "stream.js", "string_decoder.js", "timers.js", "tls.js", "trace_events.js", "tty.js", "url.js", "util.js",
        "v8.js", "vm.js", "worker_threads.js", "zlib.js",
    ])

    static func v8Origin(of frame: StackFrame) -> FrameOrigin {
        let file = frame.file
        // Files of the application have whole paths in Node.
        if file.hasSuffix(".js"), SourcePath.name(of: file).count == file.count, nodeModules.match(file) {
            return .runtime
        }
        return Provenance.origin(file: file)
    }

    /// Without the alias it was called by (`f [as g]`); empty when it has no name.
    private static func v8Function(_ name: ByteView) -> ByteView {
        let proper = name.prefix(name.firstIndex(of: " [as ") ?? name.count)
        return proper.equals("<anonymous>") || proper.equals("anonymous") || proper.equals("?") ? .empty : proper
    }
}

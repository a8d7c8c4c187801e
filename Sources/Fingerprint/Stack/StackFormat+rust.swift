extension StackFormat {
    /// Two lines: `3: shop::cart::total` (with `RUST_BACKTRACE=full` behind an address) and `at ./src/cart.rs:12:5`; only
    /// the first without debug information. Functions that were inlined may stand without a number.
    static func rustFrame(in lines: borrowing StackLines, at index: Int) -> StackFrame? {
        let line = lines[index]
        var start = 0
        while line[start].isDigit { start += 1 }
        let isNumbered = start > 0
        var hasAddress = false
        if isNumbered {
            guard line.has(": ", at: start) else { return nil }
            start += 2
            while line[start] == UInt8(ascii: " ") { start += 1 }
            if line.has("0x", at: start), let dash = line.firstIndex(of: " - ", from: start) {
                hasAddress = true
                start = dash + 3
            }
        }
        let name = line.dropFirst(start)
        guard !name.isEmpty, name[0].isWord || name[0] == UInt8(ascii: "_") || name[0] == UInt8(ascii: "<") else {
            return nil
        }
        let file = rustFile(lines[index + 1])
        // A sentence may be numbered, too, as the causes of an error are.
        let isPath = name.firstIndex(of: "::") != nil
        guard file != nil && (isNumbered || isPath) || isNumbered && (hasAddress || isPath), hasNoWords(name) else {
            return nil
        }
        return StackFrame(function: name, file: file ?? .empty)
    }

    /// `at /app/src/cart.rs:12:5`.
    private static func rustFile(_ line: ByteView) -> ByteView? {
        guard line.hasPrefix("at ") else { return nil }
        var place = line.dropFirst(3)
        for _ in 0..<2 {
            var end = place.count
            while end > 0, place[end - 1].isDigit { end -= 1 }
            guard end < place.count, end > 1, place[end - 1] == UInt8(ascii: ":") else { break }
            place = place.prefix(end - 1)
        }
        return place.count < line.count - 3 ? place : nil
    }

    /// Blanks stand only inside of `<>`, as in `<shop::Cart as core::fmt::Display>::fmt`.
    private static func hasNoWords(_ name: ByteView) -> Bool {
        var depth = 0
        for index in 0..<name.count {
            switch name[index] {
            case UInt8(ascii: "<"): depth += 1
            case UInt8(ascii: ">"): if name[index - 1] != UInt8(ascii: "-") { depth -= 1 }
            case UInt8(ascii: " "): if depth <= 0 { return false }
            default: break
            }
        }
        return true
    }

    private static let rustRuntime = NamePrefixes([
        "core::", "std::", "alloc::", "core[", "std[", "alloc[", "__rustc", "rust_", "__rust_", "proc_macro::",
        "test::",
        "panic_unwind::", "std_detect::", "compiler_builtins::", "_start", "__libc_", "__GI_", "start_thread", "clone",
        "__clone",
        "_Unwind_", "_rjem_", "BaseThreadInitThunk", "RtlUserThreadStart", "__scrt_", "invoke_main",
    ])
    private static let rustPackages = NamePrefixes([
        "tokio::", "tokio_util::", "futures::", "futures_util::", "futures_core::", "futures_executor::", "hyper::",
        "hyper_util::",
        "axum::", "axum_core::", "tower::", "tower_http::", "actix_", "rocket::", "warp::", "reqwest::", "serde::",
        "serde_json::",
        "rayon::", "rayon_core::", "crossbeam", "anyhow::", "eyre::", "color_eyre::", "backtrace::", "tracing::",
        "tracing_", "sqlx",
        "diesel::", "tonic::", "mio::", "h2::", "async_std::", "async_trait::", "once_cell::", "log::", "bytes::",
    ])

    static func rustOrigin(of frame: StackFrame) -> FrameOrigin {
        let file = frame.file
        if !file.isEmpty {
            if file.hasPrefix("/rustc/") || file.hasPrefix("library/") || file.hasPrefix("library\\")
                || SourcePath.has("/.rustup/", in: file) || SourcePath.has("/lib/rustlib/src/", in: file)
            {
                return .runtime
            }
            if SourcePath.has("/.cargo/", in: file) || SourcePath.has("/cargo/registry/", in: file) { return .package }
            if isCRuntime(file: file) { return .runtime }
            return Provenance.origin(file: file)
        }
        let name = frame.function
        if name.equals("main") || name.equals("<unknown>") { return .runtime }
        return origin(ofRustPath: name)
    }

    /// Without a file the path of the function decides, and for a trait's function that of its type:
    /// `<shop::Cart as core::fmt::Display>::fmt` is the application's. A type of the language itself
    /// (`<usize as core::slice::SliceIndex<[T]>>`) belongs to whom the trait belongs to.
    private static func origin(ofRustPath name: ByteView) -> FrameOrigin {
        var path = name
        while path[0] == UInt8(ascii: "<") || path[0] == UInt8(ascii: "&") || path[0] == UInt8(ascii: "[") {
            path = path.dropFirst(1)
        }
        for word in ["mut ", "dyn "] as [StaticString] where path.hasPrefix(word) {
            path = path.dropFirst(word.utf8CodeUnitCount)
        }
        if path.base != name.base, let trait = path.firstIndex(of: " as ") {
            let type = path.prefix(trait)
            if type.firstIndex(of: "::") == nil { path = path.dropFirst(trait + 4) }
        }
        if rustRuntime.match(path) { return .runtime }
        return rustPackages.match(path) ? .package : .application
    }
}

/// C and C++, and whatever debuggers and libraries for native code print.
extension StackFormat {
    /// gdb:                   `#3  0x000055555555839b in shop::Cart::total (this=0x7ff…) at src/cart.cpp:11`
    /// AddressSanitizer:      `#3 0x564c286cd745 in shop::Cart::total(int) src/cart.cpp:11:3`, `… (/app/shop+0x4275)`
    /// glibc:                 `./shop(_ZN4shop4Cart5totalEi+0x45)[0x55ee648f139b]`
    /// Boost, std::stacktrace: ` 3# shop::Cart::total(int) at src/cart.cpp:11`, `3# shop::Cart::total(int) in ./shop`
    /// ThreadSanitizer:       `#3 shop::Cart::total(int) src/cart.cpp:11 (shop+0x4275)`
    /// systemd:               `#3  0x000055555555839b total (shop + 0x1189)`
    static func nativeFrame(_ line: ByteView) -> StackFrame? {
        if line[0] == UInt8(ascii: "#"), line[1].isDigit {
            var index = 1
            while line[index].isDigit { index += 1 }
            guard line[index] == UInt8(ascii: " ") else { return nil }
            return hashFrame(line.dropFirst(index).trimmed)
        }
        if line[0].isDigit {
            var index = 0
            while line[index].isDigit { index += 1 }
            guard line.has("# ", at: index) else { return nil }
            return boostFrame(line.dropFirst(index + 2).trimmed)
        }
        return line[line.count - 1] == UInt8(ascii: "]") ? glibcFrame(line) : nil
    }

    private static func hashFrame(_ line: ByteView) -> StackFrame? {
        var text = line
        var hasAddress = false
        if text.hasPrefix("0x") {
            var index = 2
            while text[index].isHexDigit { index += 1 }
            guard text[index] == UInt8(ascii: " ") else { return nil }
            hasAddress = true
            text = text.dropFirst(index + 1).trimmed
            if text.hasPrefix("in ") { text = text.dropFirst(3) }
        }
        let nameEnd = nativeNameEnd(in: text)
        let name = text.prefix(nameEnd)
        let rest = text.dropFirst(nameEnd)
        // gdb puts a blank in front of its arguments; what follows them is the place.
        if rest.hasPrefix(" ("), let frame = debuggerFrame(name, rest, hasAddress: hasAddress) { return frame }
        return sanitizerFrame(text, hasAddress: hasAddress)
    }

    /// Where the name of a function ends in front of the arguments that gdb puts behind a blank. The parentheses of
    /// types belong to the name, and so do those of `operator()` and `(anonymous namespace)`.
    private static func nativeNameEnd(in text: ByteView) -> Int {
        var depth = 0
        var index = 0
        while index < text.count {
            if let end = FunctionName.operatorEnd(in: text, at: index) {
                index = end
                continue
            }
            if let opening = FunctionName.decltypeOpening(in: text, at: index) {
                depth += 1
                index = opening + 1
                continue
            }
            switch text[index] {
            case UInt8(ascii: "("):
                // Not the one in `void (*shop::f(int))(double)`: what gdb prints of arguments begins with their names.
                if depth == 0, index > 0, text[index - 1] == UInt8(ascii: " "),
                    FunctionName.declaratorStart(in: text, at: index) == nil
                {
                    return index - 1
                }
                depth += 1
            case UInt8(ascii: "<"), UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
            case UInt8(ascii: ">"): if text[index - 1] != UInt8(ascii: "-") { depth = max(0, depth - 1) }
            case UInt8(ascii: ")"), UInt8(ascii: "}"), UInt8(ascii: "]"): depth = max(0, depth - 1)
            default: break
            }
            index += 1
        }
        return text.count
    }

    /// `line` begins with the blank in front of the arguments.
    private static func debuggerFrame(_ name: ByteView, _ line: ByteView, hasAddress: Bool) -> StackFrame? {
        if let at = line.lastIndex(of: ") at ") {
            return StackFrame(function: name, file: SourcePosition.file(before: line.dropFirst(at + 5)))
        }
        var frame = StackFrame(function: name, file: .empty)
        if let from = line.lastIndex(of: ") from ") {
            frame.module = line.dropFirst(from + 7)
            return frame
        }
        // systemd: `(libc.so.6 + 0x38d22)`.
        if let plus = line.firstIndex(of: " + 0x"), line.hasSuffix(")") {
            frame.module = line[2..<plus]
            return frame
        }
        // `(/app/shop+0x4275)` is AddressSanitizer's. Without symbols gdb knows no place.
        return hasAddress && line.firstIndex(of: "+0x") == nil && line.hasSuffix(")") ? frame : nil
    }

    private static func sanitizerFrame(_ line: ByteView, hasAddress: Bool) -> StackFrame? {
        var text = line
        if let build = text.lastIndex(of: " (BuildId: ") { text = text.prefix(build).trimmed }
        guard hasAddress else { return threadSanitizerFrame(text) }
        if text.hasSuffix(")"), let opening = text.lastIndex(of: UInt8(ascii: "("), before: text.count),
            let plus = text.firstIndex(of: "+0x", from: opening)
        {
            var frame = StackFrame(function: text.prefix(opening).trimmed, file: .empty)
            frame.module = text[(opening + 1)..<plus]
            return frame
        }
        return placedFrame(text)
    }

    /// ThreadSanitizer has no address in front, and both a place and a module behind: `total src/cart.cpp:3 (shop+0x12)`,
    /// `<null>` instead of a place it does not know.
    private static func threadSanitizerFrame(_ text: ByteView) -> StackFrame? {
        guard text.hasSuffix(")"), let opening = text.lastIndex(of: UInt8(ascii: "("), before: text.count),
            let plus = text.firstIndex(of: "+0x", from: opening)
        else { return nil }
        let call = text.prefix(opening).trimmed
        var frame = placedFrame(call)
        if frame == nil, let end = call.lastIndex(of: " <null>"), end + 7 == call.count {
            frame = StackFrame(function: call.prefix(end), file: .empty)
        }
        frame?.module = text[(opening + 1)..<plus]
        return frame
    }

    /// `total(int) src/cart.cpp:11:3`.
    private static func placedFrame(_ text: ByteView) -> StackFrame? {
        guard let blank = text.lastIndex(of: UInt8(ascii: " "), before: text.count) else { return nil }
        let place = text.dropFirst(blank + 1)
        let file = SourcePosition.file(before: place)
        guard file.count < place.count || place.firstIndex(of: UInt8(ascii: "/")) != nil else { return nil }
        return StackFrame(function: text.prefix(blank), file: file)
    }

    private static func boostFrame(_ text: ByteView) -> StackFrame? {
        if let at = text.lastIndex(of: " at ") {
            return StackFrame(function: text.prefix(at), file: SourcePosition.file(before: text.dropFirst(at + 4)))
        }
        // std::stacktrace has nothing but ` at :0` for a frame it does not know.
        guard !text.hasPrefix("at :") else { return nil }
        guard let image = text.lastIndex(of: " in ") else { return StackFrame(function: text, file: .empty) }
        var frame = StackFrame(function: text.hasPrefix("0x") ? .empty : text.prefix(image), file: .empty)
        frame.module = text.dropFirst(image + 4)
        return frame
    }

    private static func glibcFrame(_ line: ByteView) -> StackFrame? {
        guard let bracket = line.lastIndex(of: UInt8(ascii: "["), before: line.count), line.has("0x", at: bracket + 1)
        else {
            return nil
        }
        let text = line.prefix(bracket).trimmed
        guard text.hasSuffix(")"), let opening = text.lastIndex(of: UInt8(ascii: "("), before: text.count), opening > 0
        else {
            return nil
        }
        let symbol = text[(opening + 1)..<(text.count - 1)]
        var frame = StackFrame(function: symbol.prefix(symbol.firstIndex(of: "+0x") ?? symbol.count), file: .empty)
        frame.module = text.prefix(opening)
        return frame
    }

    /// The stack where the error happened, not those where memory was allocated or threads were made. Of all threads
    /// in gdb's list the first one is that of the error.
    static func nativeSection(_ line: ByteView) -> Section? {
        if line.hasPrefix("freed by thread ") || line.hasPrefix("previously allocated by thread ")
            || line.hasPrefix("allocated by thread ") || line.hasPrefix("Thread T") || isOtherAccess(line)
        {
            return .ends
        }
        guard line.hasPrefix("Thread "), line[7].isDigit, line.hasSuffix("):") else { return nil }
        return line.has("1 (", at: 7) ? .begins : .ends
    }

    /// ThreadSanitizer shows the access that found the race first.
    private static func isOtherAccess(_ line: ByteView) -> Bool {
        line.hasPrefix("Previous ") && line.hasSuffix(":") || line.hasPrefix("Location is ")
            || line.hasPrefix("As if synchronized via sleep") || line.hasPrefix("Mutex M")
    }

    private static let nativeFunctions = NamePrefixes([
        "std::", "__gnu_cxx::", "__cxxabiv1::", "__cxa_", "__libc_", "__GI_", "__pthread_", "__clone", "_start",
        "start_thread", "_ZSt",
        "_ZNSt", "_ZNKSt", "__asan_", "__interceptor_", "__sanitizer", "__ubsan_", "_Unwind_", "operator new",
        "operator delete", "__restore_rt",
        "<signal handler called>", "??",
    ])
    private static let nativePackages = NamePrefixes([
        "boost::", "absl::", "folly::", "google::protobuf::", "grpc::", "Eigen::", "testing::",
    ])

    private static let nativePackageDirectories: [StaticString] = [
        "/_deps/", "/vcpkg_installed/", "/.conan/", "/.conan2/",
    ]

    /// Libraries of the C, C++ and Swift runtimes, by the names of their files.
    static let runtimeLibraries = NamePrefixes([
        "libswift", "lib_", "libFoundation", "libdispatch", "libBlocksRuntime", "libXCTest", "libTesting", "libc.so",
        "libc-", "libc++", "libm.so", "libm-", "libstdc++", "libgcc_s", "libpthread", "libdl", "ld-", "linux-vdso",
        "[vdso]",
    ])
    private static let systemDirectories = NamePrefixes(["/lib/", "/lib64/", "/lib32/", "/usr/lib"])
    /// glibc's sources, as distributions build them.
    private static let cSources = NamePrefixes([
        "/usr/include/", "/usr/lib/", "../sysdeps/", "./sysdeps/", "./nptl/", "../nptl/", "./csu/", "../csu/",
        "./stdlib/",
        "./signal/", "./debug/", "./malloc/", "./string/", "./libio/",
    ])

    static func nativeOrigin(of frame: StackFrame) -> FrameOrigin {
        if nativeFunctions.match(frame.function) || isCRuntime(file: frame.file) { return .runtime }
        if nativePackages.match(frame.function) { return .package }
        if systemDirectories.match(frame.module) || runtimeLibraries.match(frame.module) { return .runtime }
        for directory in nativePackageDirectories where SourcePath.has(directory, in: frame.file) { return .package }
        return frame.file.isEmpty ? .application : Provenance.origin(file: frame.file)
    }

    /// Sources and headers of the C and C++ libraries.
    static func isCRuntime(file: ByteView) -> Bool {
        cSources.match(file) || file.firstIndex(of: "/glibc-") != nil || file.firstIndex(of: "/libstdc++-v3/") != nil
            || SourcePath.has("/vctools/crt/", in: file)
    }
}

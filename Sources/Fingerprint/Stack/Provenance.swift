/// Tells the application's own files from those of runtimes and of packages somebody else wrote, by their paths.
enum Provenance {
    /// Directories that hold other people's packages, in any place of a path.
    private static let packageDirectories: [StaticString] = [
        "node_modules", "bower_components", "jspm_packages", "site-packages", "dist-packages", "vendor", "vendors",
        "third_party",
        "(webpack)",
    ]
    /// What the places of built-in, injected and interpreted code begin with.
    private static let runtimePrefixes = NamePrefixes([
        "node:", "internal/", "ext:", "deno:", "<frozen ", "extensions::", "chrome-extension://", "moz-extension://",
        "safari-extension://", "safari-web-extension://", "webkit-masked-url://", "resource://", "chrome://",
    ])
    private static let packageHosts: [StaticString] = [
        "unpkg.com", "cdn.jsdelivr.net", "cdnjs.cloudflare.com", "ajax.googleapis.com", "code.jquery.com", "esm.sh",
        "cdn.skypack.dev", "www.googletagmanager.com", "www.google-analytics.com", "connect.facebook.net",
    ]
    /// What bundlers call the files they put packages into.
    private static let bundleNames: [StaticString] = [
        "vendor", "vendors", "chunk-vendors", "polyfill", "polyfills", "runtime~",
    ]

    /// Code without a file is the runtime's.
    static func origin(file: ByteView) -> FrameOrigin {
        if file.isEmpty { return .runtime }
        if runtimePrefixes.match(file) { return .runtime }
        if let host = host(of: file) {
            for name in packageHosts where host.equals(name) { return .package }
        }
        return directoryOrigin(file)
    }

    private static func host(of file: ByteView) -> ByteView? {
        guard file.hasPrefix("http"), let colon = file.firstIndex(of: UInt8(ascii: ":")), file.has("://", at: colon)
        else { return nil }
        var end = colon + 3
        while end < file.count, file[end] != UInt8(ascii: "/"), file[end] != UInt8(ascii: ":") { end += 1 }
        return file[(colon + 3)..<end]
    }

    private static func directoryOrigin(_ file: ByteView) -> FrameOrigin {
        var previous = ByteView.empty
        var start = 0
        while start <= file.count {
            let end = file.end(from: start) { !SourcePath.isSeparator($0) }
            let component = file[start..<end]
            if isWebpackRuntime(previous, component) { return .runtime }
            if end == file.count { return isBundle(component) ? .package : .application }
            if isPackageDirectory(component) { return .package }
            if isPythonLibrary(previous, component) {
                // The packages below it belong to others than the library itself.
                return file.has("site-packages", at: end + 1) || file.has("dist-packages", at: end + 1)
                    ? .package : .runtime
            }
            previous = component
            start = end + 1
        }
        return .application
    }

    private static func isPackageDirectory(_ name: ByteView) -> Bool {
        // Most directories are none, and their first letter says so.
        switch name[0] {
        case UInt8(ascii: "n"), UInt8(ascii: "b"), UInt8(ascii: "j"), UInt8(ascii: "s"), UInt8(ascii: "d"),
            UInt8(ascii: "v"), UInt8(ascii: "t"), UInt8(ascii: "("):
            break
        default: return false
        }
        for directory in packageDirectories where name.equals(directory) { return true }
        return false
    }

    /// `lib/python3.11`, and on Windows `Python311\Lib`, up to 3.10 `Python310\lib`.
    private static func isPythonLibrary(_ parent: ByteView, _ directory: ByteView) -> Bool {
        if parent.equals("lib") || parent.equals("lib64") {
            return directory.hasPrefix("python") && directory[6].isDigit || directory.hasPrefix("pypy")
        }
        guard directory.equals("Lib") || directory.equals("lib") else { return false }
        // `Python39`, that of Microsoft's store, Anaconda's.
        return parent.hasPrefix("Python") && parent[6].isDigit || parent.hasPrefix("PythonSoftwareFoundation.Python.")
            || parent.hasPrefix("anaconda") || parent.hasPrefix("miniconda") || parent.hasPrefix("miniforge")
    }

    private static func isWebpackRuntime(_ parent: ByteView, _ component: ByteView) -> Bool {
        parent.equals("webpack") && (component.hasPrefix("bootstrap") || component.hasPrefix("runtime"))
    }

    private static func isBundle(_ name: ByteView) -> Bool {
        for bundle in bundleNames where name.hasPrefix(bundle) {
            switch name[bundle.utf8CodeUnitCount] {
            case UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "~"), UInt8(ascii: "_"): return name.hasSuffix("js")
            default: continue
            }
        }
        return false
    }
}

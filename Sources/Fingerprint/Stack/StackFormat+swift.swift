/// The backtraces that Swift's runtime prints since 5.9.
extension StackFormat {
    /// `3 [ra] [system] 0x0000558204ffb98e Cart.price(of:) + 77 in shop at /app/Sources/Cart.swift:4:60`.
    static func swiftFrame(_ line: ByteView) -> StackFrame? {
        guard line[0].isDigit else { return nil }
        var index = 0
        while line[index].isDigit { index += 1 }
        guard line[index] == UInt8(ascii: " ") else { return nil }
        var isGenerated = false
        while true {
            while line[index] == UInt8(ascii: " ") { index += 1 }
            guard line[index] == UInt8(ascii: "["), let end = line.firstIndex(of: UInt8(ascii: "]"), from: index) else {
                break
            }
            // Made by the compiler: accessors, thunks, the C function `main`.
            if line.has("[system]", at: index) || line.has("[thunk]", at: index) { isGenerated = true }
            index = end + 1
        }
        guard line.has("0x", at: index) else { return nil }
        index += 2
        while line[index].isHexDigit { index += 1 }
        guard line[index] == UInt8(ascii: " ") else { return nil }
        return swiftFrame(behindAddress: line.dropFirst(index + 1), isGenerated: isGenerated)
    }

    private static func swiftFrame(behindAddress text: ByteView, isGenerated: Bool) -> StackFrame? {
        var call = text
        var file = ByteView.empty
        if let at = text.lastIndex(of: " at ") {
            call = text.prefix(at)
            file = text.dropFirst(at + 4)
            file = SourcePosition.file(before: file)
        }
        guard let image = call.lastIndex(of: " in ") else { return nil }
        var frame = StackFrame(function: withoutOffset(call.prefix(image)), file: file)
        frame.module = call.dropFirst(image + 4)
        frame.isGenerated = isGenerated
        // `//<compiler-generated>` is no place.
        if file.hasPrefix("//<") { frame.file = .empty }
        return frame
    }

    /// Without ` + 77`, the distance from the start of the function.
    private static func withoutOffset(_ name: ByteView) -> ByteView {
        var end = name.count
        while end > 0, name[end - 1].isDigit { end -= 1 }
        return end < name.count && name.prefix(end).hasSuffix(" + ") ? name.prefix(end - 3) : name
    }

    /// Only the thread that crashed counts: which others there were depends on the moment.
    static func swiftSection(_ line: ByteView) -> Section? {
        if line.hasPrefix("Thread "), line[7].isDigit {
            if line.hasSuffix(" crashed:") { return .begins }
            return line.hasSuffix(":") ? .ends : nil
        }
        return line.equals("Registers:") || line.hasPrefix("Images (") ? .ends : nil
    }

    static func swiftOrigin(of frame: StackFrame) -> FrameOrigin {
        if frame.isGenerated || runtimeLibraries.match(frame.module) { return .runtime }
        let file = frame.file
        // Packages are checked out below the build directory, or below Xcode's `SourcePackages`.
        if file.firstIndex(of: "/checkouts/") != nil { return .package }
        if isCRuntime(file: file) || file.hasPrefix("/home/build-user/") { return .runtime }
        return file.isEmpty ? .application : Provenance.origin(file: file)
    }
}

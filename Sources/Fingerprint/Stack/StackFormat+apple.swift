/// What Apple's systems print for Swift, Objective-C and C++: `Thread.callStackSymbols`, the log of an exception that
/// nobody caught, crash reports.
extension StackFormat {
    /// `3   shop   0x0000000104a3c2b8 $s4shop4CartV5totalSiyF + 184`. Crash reports may have a place behind it
    /// (`(Cart.swift:12)`), and an address in the place of a symbol that is not known.
    static func appleFrame(_ line: ByteView) -> StackFrame? {
        guard line[0].isDigit else { return nil }
        var start = 0
        while line[start].isDigit { start += 1 }
        guard line[start] == UInt8(ascii: " "), let address = line.firstIndex(of: " 0x", from: start) else {
            return nil
        }
        let image = line[start..<address].trimmed
        var end = address + 3
        while line[end].isHexDigit { end += 1 }
        guard !image.isEmpty, image[0] != UInt8(ascii: "["), line[end] == UInt8(ascii: " "),
            let plus = line.lastIndex(of: " + "), plus > end,
            line[plus + 3].isDigit
        else { return nil }
        let symbol = line[(end + 1)..<plus].trimmed
        var frame = StackFrame(
            function: isAddress(symbol) ? .empty : symbol, file: applePlace(line.dropFirst(plus + 3)))
        frame.module = image
        return frame
    }

    /// The file in `184 (Cart.swift:12)`.
    private static func applePlace(_ rest: ByteView) -> ByteView {
        guard let opening = rest.firstIndex(of: " ("), rest.hasSuffix(")") else { return .empty }
        let place = rest[(opening + 2)..<(rest.count - 1)]
        let file = SourcePosition.file(before: place)
        return file.count < place.count && !file.hasPrefix("<") ? file : .empty
    }

    /// Crash reports name an image by its place (`0x104a38000`) where they have no symbols of it.
    private static func isAddress(_ symbol: ByteView) -> Bool {
        guard symbol.hasPrefix("0x"), symbol.count > 2 else { return false }
        for index in 2..<symbol.count where !symbol[index].isHexDigit { return false }
        return true
    }

    /// Of all threads the one that crashed, or better what threw the exception that made it crash, which comes first.
    static func appleSection(_ line: ByteView) -> Section? {
        if line.hasPrefix("Last Exception Backtrace:") { return .begins }
        if line.hasPrefix("Thread "), line[7].isDigit {
            let digits = FunctionName.digitsEnd(in: line, from: 7)
            if line.has(" Crashed:", at: digits) { return .begins }
            return line[digits] == UInt8(ascii: ":") || line.has(" name:", at: digits) ? .ends : nil
        }
        return line.hasPrefix("Binary Images:") ? .ends : nil
    }

    private static let appleLibraries = NamePrefixes([
        "libsystem_", "libSystem", "libdyld", "libobjc", "libxpc", "libdispatch", "libswift", "libc++", "libRPAC",
        "libBacktraceRecording", "libMainThreadChecker", "libXCTest", "libclang_rt",
    ])
    /// The names of whole images: an application may be called `FoundationDemo`.
    private static let appleImages: [StaticString] = [
        "dyld", "???", "CoreFoundation", "Foundation", "UIKitCore", "UIKit", "AppKit", "SwiftUI", "SwiftUICore",
        "AttributeGraph", "QuartzCore", "GraphicsServices", "HIToolbox", "CFNetwork", "CoreData", "CoreGraphics",
        "CoreAutoLayout", "Combine", "WebKit", "WebCore", "JavaScriptCore", "BoardServices", "FrontBoardServices",
        "BackBoardServices", "AVFoundation", "Metal", "Network", "Security", "SwiftData", "XCTest", "XCTestCore",
    ]

    static func appleOrigin(of frame: StackFrame) -> FrameOrigin {
        if appleLibraries.match(frame.module) { return .runtime }
        for image in appleImages where frame.module.equals(image) { return .runtime }
        if runtimeFunctions.match(frame.function) { return .runtime }
        return frame.file.isEmpty ? .application : Provenance.origin(file: frame.file)
    }

    /// Libraries that are linked into the program.
    private static let runtimeFunctions = NamePrefixes([
        "std::", "__cxa_", "_ZSt", "_ZNSt", "_ZNKSt", "__ZNSt", "__ZNKSt", "swift_", "objc_",
    ])
}

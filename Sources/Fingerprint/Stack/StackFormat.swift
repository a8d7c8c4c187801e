/// The families of stack traces that are known, in the order they are tried.
///
/// To support another one, add a case, write `StackFormat+name.swift` with its frames, and say below in which order
/// its frames come, which of them are the application's, and what its compiler numbers anew in the names of functions.
enum StackFormat: UInt8, CaseIterable {
    case python, v8, jvm, dotNet, geckoAndWebKit, ruby, rubyReversed, php, perl, rust, swift, native, go, apple

    /// Of all cases; unlike `allCases` no array.
    static var rawValues: ClosedRange<UInt8> { 0...Self.apple.rawValue }

    enum Order {
        /// The frame where the error happened comes first.
        case innermostFirst
        /// It comes last, as in Python.
        case innermostLast
    }

    enum Section {
        /// Here begin the frames of the error; what came before belongs to something else. Only the first counts.
        case begins
        /// Here they end.
        case ends
        /// Here begin other frames: those of the error if there are none before.
        case another
    }

    /// The name for people.
    var name: StaticString {
        switch self {
        case .python: "Python"
        case .v8: "JavaScript (V8)"
        case .jvm: "Java"
        case .dotNet: ".NET"
        case .geckoAndWebKit: "JavaScript (Firefox, Safari)"
        case .ruby, .rubyReversed: "Ruby"
        case .php: "PHP"
        case .perl: "Perl"
        case .rust: "Rust"
        case .swift: "Swift"
        case .native: "C and C++"
        case .go: "Go"
        case .apple: "Apple"
        }
    }

    func order(of lines: borrowing StackLines) -> Order {
        switch self {
        case .python: Self.pythonOrder(of: lines)
        case .rubyReversed: .innermostLast
        default: .innermostFirst
        }
    }

    /// Whether traces of several threads mark the one of the error, which may then stand anywhere among the others.
    var marksThread: Bool {
        switch self {
        case .python, .swift, .native, .apple: true
        default: false
        }
    }

    /// Whether the directories of a file count. Where functions carry the name of their package, the file's own name
    /// says the rest, and the directories only where it was built.
    var keepsDirectories: Bool {
        switch self {
        case .jvm, .dotNet, .go: false
        default: true
        }
    }

    /// The frame that begins on line `index` (without blanks at its ends), or nil. May look at the two lines in front
    /// of it and at the one behind, and must be linear in those.
    func frame(in lines: borrowing StackLines, at index: Int) -> StackFrame? {
        switch self {
        case .python: Self.pythonFrame(lines[index])
        case .v8: Self.v8Frame(lines[index])
        case .jvm: Self.jvmFrame(lines[index])
        case .dotNet: Self.dotNetFrame(lines[index])
        case .geckoAndWebKit: Self.geckoFrame(lines[index])
        case .ruby: Self.rubyFrame(lines[index])
        case .rubyReversed: Self.rubyReversedFrame(lines[index])
        case .php: Self.phpFrame(in: lines, at: index)
        case .perl: Self.perlFrame(in: lines, at: index)
        case .rust: Self.rustFrame(in: lines, at: index)
        case .swift: Self.swiftFrame(lines[index])
        case .native: Self.nativeFrame(lines[index])
        case .go: Self.goFrame(in: lines, at: index)
        case .apple: Self.appleFrame(lines[index])
        }
    }

    /// The type of the error behind the one above, if this line introduces one and names its type.
    func cause(on line: ByteView) -> ByteView? {
        switch self {
        case .v8: Self.causeType(line, behind: "[cause]: ", "Caused by: ")
        case .jvm: Self.causeType(line, behind: "Caused by: ", "Suppressed: ", "Wrapped by: ")
        case .dotNet: Self.dotNetCause(line)
        case .php: Self.causeType(line, behind: "Next ")
        default: nil
        }
    }

    /// The boundary on this line, in traces that show other threads as well.
    func section(on line: ByteView) -> Section? {
        switch self {
        case .python: Self.pythonSection(line)
        case .apple: Self.appleSection(line)
        case .swift: Self.swiftSection(line)
        case .native: Self.nativeSection(line)
        case .go: Self.goSection(line)
        default: nil
        }
    }

    func origin(of frame: StackFrame) -> FrameOrigin {
        switch self {
        case .jvm: Self.jvmOrigin(of: frame)
        case .dotNet: Self.dotNetOrigin(of: frame)
        case .go: Self.goOrigin(of: frame)
        case .rust: Self.rustOrigin(of: frame)
        case .swift: Self.swiftOrigin(of: frame)
        case .native: Self.nativeOrigin(of: frame)
        case .ruby, .rubyReversed: Self.rubyOrigin(of: frame)
        case .php: Self.phpOrigin(of: frame)
        case .perl: Self.perlOrigin(of: frame)
        case .python: Self.pythonOrigin(of: frame)
        case .v8: Self.v8Origin(of: frame)
        case .apple: Self.appleOrigin(of: frame)
        case .geckoAndWebKit: Provenance.origin(file: frame.file)
        }
    }

    /// Appends the name of a function without what another build numbers anew.
    func appendFunction(_ name: ByteView, to output: inout ScratchBuffer) {
        switch self {
        case .jvm: FunctionName.appendJVM(name, to: &output)
        case .dotNet: FunctionName.appendDotNet(name, to: &output)
        case .go: FunctionName.appendGo(name, to: &output)
        case .rust: FunctionName.appendRust(name, to: &output)
        case .swift: FunctionName.appendSwift(name, to: &output)
        case .native: FunctionName.appendNative(name, to: &output)
        case .ruby, .rubyReversed: FunctionName.appendRuby(name, to: &output)
        case .php: FunctionName.appendPHP(name, to: &output)
        case .perl: FunctionName.appendPerl(name, to: &output)
        case .apple: FunctionName.appendApple(name, to: &output)
        case .v8, .geckoAndWebKit: FunctionName.append(name, to: &output)
        // Python's compiler numbers nothing.
        case .python: output.append(name)
        }
    }

    /// `prefix` `Type: message`, or the type alone. Words that are no name of a type are no type.
    private static func causeType(_ line: ByteView, behind prefixes: StaticString...) -> ByteView? {
        for prefix in prefixes where line.hasPrefix(prefix) {
            return typeName(at: prefix.utf8CodeUnitCount, in: line)
        }
        return nil
    }

    static func typeName(at start: Int, in line: ByteView) -> ByteView? {
        var end = start
        while isTypeByte(line[end]) { end += 1 }
        let isWhole = end == line.count || line[end] == UInt8(ascii: ":") || line[end] == UInt8(ascii: " ")
        return end > start && isWhole ? line[start..<end] : nil
    }

    private static func isTypeByte(_ byte: UInt8) -> Bool {
        if byte.isWord { return true }
        switch byte {
        case UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "$"), UInt8(ascii: "\\"), UInt8(ascii: "`"): return true
        default: return false
        }
    }
}

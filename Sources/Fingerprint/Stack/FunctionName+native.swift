/// Names of C and C++.
extension FunctionName {
    /// C++ without parameters, template arguments, return types and the numbers of lambdas; the same whether gdb, a
    /// sanitizer or a library printed it. A mangled name stays as it is, but for the marks of clones (`.isra.0`).
    static func appendNative(_ name: ByteView, to output: inout ScratchBuffer) {
        let start = output.count
        var parentheses = BracketSearch(UInt8(ascii: "("), UInt8(ascii: ")"))
        var angles = BracketSearch(UInt8(ascii: "<"), UInt8(ascii: ">"))
        var isComplete = false
        var index = 0
        while index < name.count {
            let byte = name[index]
            if let end = operatorEnd(in: name, at: index) ?? anonymousEnd(in: name, at: index) {
                output.append(name[index..<end])
                index = end
            } else if let opening = decltypeOpening(in: name, at: index),
                let end = parentheses.end(in: name, from: opening)
            {
                // A result; the blank behind it shows that.
                index = end
            } else if output.count == start, let inside = declaratorStart(in: name, at: index) {
                index = inside
            } else if byte == UInt8(ascii: ")") {
                // The end of such a declarator; all other brackets close where they are skipped.
                return
            } else if byte == UInt8(ascii: "("), let end = parentheses.end(in: name, from: index) {
                isComplete = !name.has("::", at: end)
                index = end
            } else if byte == UInt8(ascii: "<"), let end = angles.end(in: name, from: index) {
                if name.has("<lambda", at: index) { output.append("<lambda>") }
                index = end
            } else if byte == UInt8(ascii: " ") {
                // Behind the parameters: `const`, `&`, `[clone .cold]`. In front of them: the type of the result.
                if isComplete { return }
                output.truncate(to: start)
                index += 1
            } else if byte == UInt8(ascii: ".") {
                return
            } else if let end = appendCounted(name, index, to: &output) {
                index = end
            } else {
                output.append(byte)
                index += 1
            }
        }
    }

    /// Lambdas without their numbers: gcc's `{lambda(int)#1}`, clang's `'lambda0'` and `$_0`. The `[abi:cxx11]` of
    /// gcc's library goes.
    private static func appendCounted(_ name: ByteView, _ start: Int, to output: inout ScratchBuffer) -> Int? {
        switch name[start] {
        case UInt8(ascii: "{"):
            var end = start + 1
            while name[end].isWord { end += 1 }
            output.append(name[start..<end])
            output.append(UInt8(ascii: "}"))
            return name.firstIndex(of: UInt8(ascii: "}"), from: end).map { $0 + 1 } ?? name.count
        case UInt8(ascii: "["):
            return name.firstIndex(of: UInt8(ascii: "]"), from: start).map { $0 + 1 } ?? name.count
        case UInt8(ascii: "'") where name.has("'lambda", at: start):
            output.append("'lambda")
            return digitsEnd(in: name, from: start + 7)
        case UInt8(ascii: "$") where name[start + 1] == UInt8(ascii: "_"):
            output.append("$_")
            return digitsEnd(in: name, from: start + 2)
        default:
            return nil
        }
    }

    /// The bracket behind a `decltype` that begins at `start`.
    static func decltypeOpening(in name: ByteView, at start: Int) -> Int? {
        guard name[start] == UInt8(ascii: "d"), name.has("decltype", at: start), !name[start - 1].isWord,
            name[start - 1] != UInt8(ascii: "_")
        else { return nil }
        let opening = name[start + 8] == UInt8(ascii: " ") ? start + 9 : start + 8
        return name[opening] == UInt8(ascii: "(") ? opening : nil
    }

    /// A function whose result is a pointer or reference to a function, an array or a member stands inside of brackets:
    /// `void (*shop::f(int))(double)`. Where it begins when the bracket is at `start`.
    static func declaratorStart(in name: ByteView, at start: Int) -> Int? {
        guard name[start] == UInt8(ascii: "(") else { return nil }
        var index = start + 1
        while name[index].isWord || name[index] == UInt8(ascii: "_") || name[index] == UInt8(ascii: ":") { index += 1 }
        return name[index] == UInt8(ascii: "*") || name[index] == UInt8(ascii: "&") ? index + 1 : nil
    }

    private static func anonymousEnd(in name: ByteView, at start: Int) -> Int? {
        guard name[start] == UInt8(ascii: "("), name.has("(anonymous namespace)", at: start) else { return nil }
        return start + 21
    }

    /// Behind an operator at `start`, whose name looks like brackets or like two words: `operator()`, `operator<<`,
    /// `operator bool`. Nil when there is none.
    static func operatorEnd(in name: ByteView, at start: Int) -> Int? {
        guard name[start] == UInt8(ascii: "o"), name.has("operator", at: start), !name[start - 1].isWord else {
            return nil
        }
        var end = start + 8
        if name.has("()", at: end) { return end + 2 }
        if name[end] == UInt8(ascii: " ") { return end + 1 }
        while isOperatorSign(name[end]) { end += 1 }
        return end > start + 8 ? end : nil
    }

    private static func isOperatorSign(_ byte: UInt8) -> Bool {
        byte != 0 && ByteView("<>=!+-*/%^&|~,[]").firstIndex(of: byte) != nil
    }
}

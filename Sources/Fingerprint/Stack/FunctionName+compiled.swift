/// Names as the compilers of Go, Rust and Swift make them.
extension FunctionName {
    /// Closures and wrappers are numbered behind the function they stand in: `main.run.func1.2`, `main.run.gowrap1`,
    /// `main.run-range1`. What stands right behind the package is named by a person.
    static func appendGo(_ name: ByteView, to output: inout ScratchBuffer) {
        let package = name.lastIndex(of: UInt8(ascii: "/"), before: name.count) ?? 0
        let function = name.firstIndex(of: UInt8(ascii: "."), from: package) ?? 0
        append(name, to: &output) { word, start in
            guard start > function + 1, name[start - 1] != UInt8(ascii: "_"), word[word.count - 1].isDigit else {
                return nil
            }
            return stemLength(of: word, "func") ?? stemLength(of: word, "gowrap") ?? stemLength(of: word, "deferwrap")
                ?? stemLength(of: word, "range")
        }
    }

    /// Without the hash of legacy symbols (`::h021ba62b3b230628`), the ids of crates (`std[e28293b1aa0f68bd]`), type
    /// arguments (`::<i64>`) and the numbers of closures: `{{closure}}`, `{closure#0}` and Windows' `closure$0` are
    /// `{closure}`; its `impl$3` is `impl$`.
    static func appendRust(_ name: ByteView, to output: inout ScratchBuffer) {
        var end = name.count
        if name.has("::h", at: end - 19), isHexadecimal(name[(end - 16)..<end]) { end -= 19 }
        let path = name.prefix(end)
        var brackets = BracketSearch(UInt8(ascii: "<"), UInt8(ascii: ">"))
        var index = 0
        while index < path.count {
            if path[index] == UInt8(ascii: "["), path[index + 17] == UInt8(ascii: "]"),
                isHexadecimal(path[(index + 1)..<(index + 17)])
            {
                index += 18
            } else if path.has("::<", at: index), let end = brackets.end(in: path, from: index + 2) {
                index = end
            } else if path.has("{{", at: index) || path.has("}}", at: index) {
                output.append(path[index])
                index += 2
            } else if path.has("closure$", at: index), path[index + 8].isDigit {
                output.append("{closure}")
                index = digitsEnd(in: path, from: index + 8)
            } else if path[index] == UInt8(ascii: "$"), path[index + 1].isDigit {
                output.append(UInt8(ascii: "$"))
                index = digitsEnd(in: path, from: index + 1)
            } else if path[index] == UInt8(ascii: "#"), path[index + 1].isDigit {
                index = digitsEnd(in: path, from: index + 1)
            } else {
                output.append(path[index])
                index += 1
            }
        }
    }

    private static func isHexadecimal(_ word: ByteView) -> Bool {
        for index in 0..<word.count where !word[index].isHexDigit { return false }
        return !word.isEmpty
    }

    /// Without what says how the compiler made it (`specialized`, `partial apply for`, …), the numbers of closures
    /// (`closure #1 in`), and what tells private names of several files apart (`(price in _5F1C…)`).
    static func appendSwift(_ name: ByteView, to output: inout ScratchBuffer) {
        let marks: [StaticString] = [
            "specialized ", "merged ", "partial apply for ", "partial apply forwarder for ", "inlined ",
            "suspend resume partial function for ", "await resume partial function for ",
        ]
        var rest = name
        var goesOn = true
        while goesOn {
            goesOn = false
            for mark in marks where rest.hasPrefix(mark) {
                rest = rest.dropFirst(mark.utf8CodeUnitCount)
                goesOn = true
            }
            // `(1) suspend resume partial function for …`
            if rest[0] == UInt8(ascii: "("), rest[1].isDigit {
                let end = digitsEnd(in: rest, from: 1)
                if rest.has(") ", at: end) {
                    rest = rest.dropFirst(end + 2)
                    goesOn = true
                }
            }
        }
        let lastParenthesis = rest.lastIndex(of: UInt8(ascii: ")"), before: rest.count) ?? 0
        var index = 0
        while index < rest.count {
            if rest.has(" #", at: index), rest[index + 2].isDigit {
                index = digitsEnd(in: rest, from: index + 2)
            } else if index < lastParenthesis, rest.has(" in _", at: index), rest[index + 5].isHexDigit,
                let close = rest.firstIndex(of: UInt8(ascii: ")"), from: index),
                isHexadecimal(rest[(index + 5)..<close])
            {
                index = close
            } else {
                output.append(rest[index])
                index += 1
            }
        }
    }
}

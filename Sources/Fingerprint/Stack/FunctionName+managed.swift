/// Names as the compilers of Java's virtual machine and of scripting languages make them.
extension FunctionName {
    /// `Cart$1.run`, `lambda$total$0`, `Cart$$Lambda$14/0x00007f41a0001800.run`, `Cart$$SpringCGLIB$$0.total`,
    /// `GeneratedMethodAccessor12.invoke`, Groovy's `_run_closure1`, Clojure's `fn__1234`, AspectJ's `total_aroundBody0`,
    /// Android's `Cart$$ExternalSyntheticLambda3.run` and `$r8$lambda$Qb0d1A2F…`.
    static func appendJVM(_ name: ByteView, to output: inout ScratchBuffer) {
        var rest = name
        while let (start, end) = variableClass(in: rest) {
            appendJVMWords(rest.prefix(start), to: &output)
            rest = rest.dropFirst(end)
        }
        appendJVMWords(rest, to: &output)
    }

    private static func appendJVMWords(_ name: ByteView, to output: inout ScratchBuffer) {
        append(name, to: &output) { word, start in
            guard word[word.count - 1].isDigit else { return nil }
            // Clojure puts a counter behind two underscores, with or without a name in front.
            if isNumber(word) { return name.has("__", at: start - 2) ? 0 : nil }
            for stem in jvmCounters {
                if let length = stemLength(of: word, stem) { return length }
            }
            return nil
        }
    }

    private static let jvmCounters: [StaticString] = [
        "Proxy", "closure", "aroundBody", "AjcClosure", "GeneratedMethodAccessor", "GeneratedConstructorAccessor",
        "GeneratedSerializationConstructorAccessor", "ExternalSyntheticLambda", "ExternalSyntheticOutline",
        "ExternalSyntheticBackport", "ExternalSyntheticServiceLoad", "ExternalSyntheticAPIConversion",
    ]

    /// Where the first run of a name begins and ends that another build changes.
    private static func variableClass(in name: ByteView) -> (start: Int, end: Int)? {
        var index = 0
        while let dollar = name.firstIndex(of: UInt8(ascii: "$"), from: index) {
            if let end = generatedClassEnd(in: name, at: dollar) { return (dollar, end) }
            // A bridge to a lambda, named by a hash.
            if name[dollar + 1] == UInt8(ascii: "r"), name.has("$r8$lambda$", at: dollar), dollar + 11 < name.count {
                return (dollar + 10, name.firstIndex(of: UInt8(ascii: "."), from: dollar) ?? name.count)
            }
            index = dollar + 1
        }
        return nil
    }

    private static let generatedMarks: [StaticString] = [
        "$$Lambda", "$$EnhancerBy", "$$FastClassBy", "$$SpringCGLIB", "$$KeyFactoryBy", "$$_", "$ByteBuddy$",
        "$HibernateProxy$", "$MockitoMock$",
    ]

    /// Where the mark of a class made at run time ends that begins at the `$` at `start`; nil when there is none.
    static func generatedClassEnd(in name: ByteView, at start: Int) -> Int? {
        // Names are full of `$`; the bytes behind it say of nearly all that they begin no mark.
        switch (name[start + 1], name[start + 2]) {
        case (UInt8(ascii: "B"), _), (UInt8(ascii: "H"), _), (UInt8(ascii: "M"), _): break
        case (UInt8(ascii: "$"), let third) where ByteView("LEFSK_").firstIndex(of: third) != nil: break
        default: return nil
        }
        for mark in generatedMarks where name.has(mark, at: start) {
            return name.firstIndex(of: UInt8(ascii: "."), from: start) ?? name.count
        }
        return nil
    }

    /// `block (2 levels) in total` is `block in total`, since a block more around it changes the number; the methods
    /// of Rails' views end with random numbers (`_app_views_show__4711_23`), negative ones after one more `_`.
    static func appendRuby(_ name: ByteView, to output: inout ScratchBuffer) {
        var rest = name
        while rest.hasPrefix("block ("), let end = rest.firstIndex(of: " levels) in ") {
            output.append("block")
            rest = rest.dropFirst(end + 8)
        }
        append(rest.prefix(viewNameEnd(in: rest) ?? rest.count), to: &output)
    }

    /// The end of `_app_views_show__` in front of two numbers that end the name.
    private static func viewNameEnd(in name: ByteView) -> Int? {
        guard let last = numberStart(before: name.count, in: name), name[last - 1] == UInt8(ascii: "_"),
            let first = numberStart(before: last - 1, in: name)
        else { return nil }
        var end = first
        while name[end - 1] == UInt8(ascii: "_") { end -= 1 }
        return first - end >= 2 ? end + 2 : nil
    }

    private static func numberStart(before end: Int, in name: ByteView) -> Int? {
        var start = end
        while name[start - 1].isDigit { start -= 1 }
        return start < end ? start : nil
    }

    /// Text that was evaluated is no name, and the debugger puts a file and a line into that of a closure:
    /// `__ANON__[lib/Cart.pm:12]`.
    static func appendPerl(_ name: ByteView, to output: inout ScratchBuffer) {
        if name.hasPrefix("eval '") || name.hasPrefix("eval \"") {
            output.append("eval")
        } else {
            output.append(name.prefix(name.firstIndex(of: "__ANON__[").map { $0 + 8 } ?? name.count))
        }
    }

    /// `{closure:Shop\Cart::total():12}` (since PHP 8.4) is `{closure}`; `class@anonymous` has a path and a number behind
    /// it.
    static func appendPHP(_ name: ByteView, to output: inout ScratchBuffer) {
        var braces = BracketSearch(UInt8(ascii: "{"), UInt8(ascii: "}"))
        var index = 0
        while index < name.count {
            if name.has("{closure", at: index), let end = braces.end(in: name, from: index) {
                output.append("{closure}")
                index = end
            } else if name.has("@anonymous", at: index) {
                output.append("@anonymous")
                index = name.firstIndex(of: "->", from: index) ?? name.firstIndex(of: "::", from: index) ?? name.count
            } else {
                output.append(name[index])
                index += 1
            }
        }
    }
}

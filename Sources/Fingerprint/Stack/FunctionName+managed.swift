/// Names as the compilers of virtual machines and scripting languages make them.
extension FunctionName {
    /// `Cart$1.run`, `lambda$total$0`, `Cart$$Lambda$14/0x00007f41a0001800.run`, `Cart$$SpringCGLIB$$0.total`,
    /// `GeneratedMethodAccessor12.invoke`, Groovy's `_run_closure1`, Clojure's `fn__1234`.
    static func appendJVM(_ name: ByteView, to output: inout ScratchBuffer) {
        var rest = name
        while let (start, end) = generatedClass(in: rest) {
            append(rest.prefix(start), to: &output, isCounter: jvmCounter)
            rest = rest.dropFirst(end)
        }
        append(rest, to: &output, isCounter: jvmCounter)
    }

    private static func jvmCounter(_ word: ByteView, _ start: Int) -> Int? {
        guard word[word.count - 1].isDigit else { return nil }
        return stemLength(of: word, "Proxy") ?? stemLength(of: word, "closure")
            ?? stemLength(of: word, "GeneratedMethodAccessor") ?? stemLength(of: word, "GeneratedConstructorAccessor")
            ?? stemLength(of: word, "GeneratedSerializationConstructorAccessor")
    }

    private static func generatedClass(in name: ByteView) -> (start: Int, end: Int)? {
        var index = 0
        while let dollar = name.firstIndex(of: UInt8(ascii: "$"), from: index) {
            if let end = generatedClassEnd(in: name, at: dollar) { return (dollar, end) }
            index = dollar + 1
        }
        return nil
    }

    /// Where the mark of a class made at run time ends that begins at the `$` at `start`; nil when there is none.
    static func generatedClassEnd(in name: ByteView, at start: Int) -> Int? {
        let marks: [StaticString] = [
            "$$Lambda", "$$EnhancerBy", "$$FastClassBy", "$$SpringCGLIB", "$$KeyFactoryBy", "$$_", "$ByteBuddy$",
            "$HibernateProxy$", "$MockitoMock$",
        ]
        for mark in marks where name.has(mark, at: start) {
            return name.firstIndex(of: UInt8(ascii: "."), from: start) ?? name.count
        }
        return nil
    }

    /// `<TotalAsync>d__5.MoveNext` (an async method or an iterator) is `TotalAsync`; the lambdas of `Main`, which are
    /// `<>c.<Main>b__0_1` or `<>c__DisplayClass0_0.<Main>b__0`, are `<Main>b`; the local function `<Main>g__Add|0_1`
    /// is `<Main>g__Add`; F#'s `total@12-3` is `total`.
    static func appendDotNet(_ name: ByteView, to output: inout ScratchBuffer) {
        var brackets = BracketSearch(UInt8(ascii: "<"), UInt8(ascii: ">"))
        var index = 0
        while index < name.count {
            if name.has("<>c", at: index), let dot = name.firstIndex(of: UInt8(ascii: "."), from: index) {
                index = dot + 1
            } else if name[index] == UInt8(ascii: "<"), let end = brackets.end(in: name, from: index) {
                index = appendGeneratedMethod(name, index, end, to: &output)
            } else if name.has("lambda_method", at: index) {
                output.append("lambda_method")
                index = digitsEnd(in: name, from: index + 13)
            } else if name[index] == UInt8(ascii: "@"), name[index + 1].isDigit {
                index = digitsEnd(in: name, from: index + 1)
                if name[index] == UInt8(ascii: "-") { index = digitsEnd(in: name, from: index + 1) }
            } else {
                output.append(name[index])
                index += 1
            }
        }
    }

    /// Appends what `<Name>x__…` stands for, of which `<Name>` goes from `start` to `end`, and returns where it ends.
    private static func appendGeneratedMethod(
        _ name: ByteView,
        _ start: Int,
        _ end: Int,
        to output: inout ScratchBuffer
    ) -> Int {
        var index = end + 3
        if name.has("d__", at: end) {
            output.append(name[(start + 1)..<(end - 1)])
            while name[index].isDigit || name[index] == UInt8(ascii: "`") { index += 1 }
            return name.has(".MoveNext", at: index) ? index + 9 : index
        }
        output.append(name[start..<end])
        if name.has("b__", at: end) {
            output.append(UInt8(ascii: "b"))
        } else if name.has("g__", at: end), let bar = name.firstIndex(of: UInt8(ascii: "|"), from: end) {
            output.append(name[end..<bar])
            index = bar + 1
        } else {
            return end
        }
        while name[index].isDigit || name[index] == UInt8(ascii: "_") { index += 1 }
        return index
    }

    /// `block (2 levels) in total` is `block in total`, since a block more around it changes the number; the methods
    /// of Rails' views end with random numbers (`_app_views_show__4711_23`), negative ones after one more `_`.
    static func appendRuby(_ name: ByteView, to output: inout ScratchBuffer) {
        if name.hasPrefix("block ("), let end = name.firstIndex(of: " levels) in ") {
            output.append("block")
            appendRuby(name.dropFirst(end + 8), to: &output)
            return
        }
        var start = 0
        while let run = name.firstIndex(of: "___", from: start), name[run + 3].isDigit {
            append(name[start..<(run + 2)], to: &output)
            start = run + 3
        }
        append(name.dropFirst(start), to: &output)
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

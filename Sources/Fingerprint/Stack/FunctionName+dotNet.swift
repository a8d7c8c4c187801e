/// Names as the compilers of C#, F# and Visual Basic make them.
extension FunctionName {
    /// `<TotalAsync>d__5.MoveNext` (an async method or an iterator) is `TotalAsync`; the lambdas of `Main`, which are
    /// `<>c.<Main>b__0_1` or `<>c__DisplayClass0_0.<Main>b__0`, are `<Main>b`, and so are they when they are async
    /// (`<>c.<<Main>b__0_1>d.MoveNext`); the local function `<Main>g__Add|0_1` is `<Main>g__Add`; F#'s `total@12-3` is
    /// `total`; Visual Basic's `VB$StateMachine_5_Total.MoveNext` is `Total`.
    static func appendDotNet(_ name: ByteView, to output: inout ScratchBuffer) {
        appendDotNet(name, isInside: false, to: &output)
    }

    /// - Parameter isInside: `name` stood in the brackets of another. Compilers nest no deeper, and the depth is bounded.
    private static func appendDotNet(_ name: ByteView, isInside: Bool, to output: inout ScratchBuffer) {
        var brackets = BracketSearch(UInt8(ascii: "<"), UInt8(ascii: ">"))
        var index = 0
        while index < name.count {
            if name.has("<>c", at: index), let dot = name.firstIndex(of: UInt8(ascii: "."), from: index) {
                index = dot + 1
            } else if name[index] == UInt8(ascii: "<"), let end = brackets.end(in: name, from: index) {
                index = appendGeneratedMethod(name, index, end, isInside: isInside, to: &output)
            } else if name.has("lambda_method", at: index) {
                output.append("lambda_method")
                index = digitsEnd(in: name, from: index + 13)
            } else if name[index] == UInt8(ascii: "@"), name[index + 1].isDigit {
                index = digitsEnd(in: name, from: index + 1)
                if name[index] == UInt8(ascii: "-") { index = digitsEnd(in: name, from: index + 1) }
            } else if let end = appendVisualBasic(name, index, to: &output) {
                index = end
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
        isInside: Bool,
        to output: inout ScratchBuffer
    ) -> Int {
        var index = end + 3
        let isLambda = name[start + 1] == UInt8(ascii: "<")
        if name.has("d__", at: end) || isLambda && name.has("d.MoveNext", at: end) {
            let content = name[(start + 1)..<(end - 1)]
            if isLambda, !isInside {
                appendDotNet(content, isInside: true, to: &output)
            } else {
                output.append(content)
            }
            if !name.has("d__", at: end) { return end + 10 }
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

    /// `_Closure$__1-0._Lambda$__R2-1` without the numbers, and the method in `VB$StateMachine_5_Total`.
    private static func appendVisualBasic(_ name: ByteView, _ start: Int, to output: inout ScratchBuffer) -> Int? {
        if name[start] == UInt8(ascii: "V"), name.has("VB$StateMachine_", at: start) {
            let digits = digitsEnd(in: name, from: start + 16)
            guard digits > start + 16, name[digits] == UInt8(ascii: "_") else { return nil }
            let end = name.firstIndex(of: ".MoveNext", from: digits) ?? name.count
            output.append(name[(digits + 1)..<end])
            return end == name.count ? end : end + 9
        }
        guard name[start] == UInt8(ascii: "$"), name.has("$__", at: start),
            name.has("_Closure", at: start - 8) || name.has("_Lambda", at: start - 7)
        else { return nil }
        output.append("$__")
        var index = start + 3
        if name[index].isUppercase, name[index + 1].isDigit { index += 1 }
        index = digitsEnd(in: name, from: index)
        return name[index] == UInt8(ascii: "-") ? digitsEnd(in: name, from: index + 1) : index
    }
}

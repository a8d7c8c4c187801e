/// Function names are kept as they are, except for what a build or a runtime numbers anew: module ids
/// (`Object.12345`, `Module.3f9a2b1c`), closures, and classes made on the fly.
enum FunctionName {
    static func append(_ name: ByteView, to output: inout ScratchBuffer) {
        append(name, to: &output, isCounter: { _, _ in nil })
    }

    /// - Parameter isCounter: the length that is kept of a word (letters, digits, beyond ASCII) that ends with a
    ///   counter; nil for all others. Gets the word and its place.
    ///
    /// Numbers beside an underscore are part of a name a person gave: `handle_404`.
    @inline(__always)
    static func append(
        _ name: ByteView,
        to output: inout ScratchBuffer,
        isCounter: (_ word: ByteView, _ start: Int) -> Int?
    ) {
        var start = 0
        while start < name.count {
            let end = name.end(from: start) { $0.isWord }
            let word = name[start..<end]
            if let kept = isCounter(word, start) {
                output.append(word.prefix(kept))
            } else if isNumber(word) || BuildHash.isWholeName(word), !isJoined(start, end, in: name) {
                output.append("<num>")
            } else {
                output.append(word)
            }
            if end < name.count { output.append(name[end]) }
            start = end + 1
        }
    }

    private static func isJoined(_ start: Int, _ end: Int, in name: ByteView) -> Bool {
        name[start - 1] == UInt8(ascii: "_") || name[end] == UInt8(ascii: "_")
    }

    static func isNumber(_ word: ByteView) -> Bool {
        for index in 0..<word.count where !word[index].isDigit { return false }
        return !word.isEmpty
    }

    /// The length of `stem` when the word is `stem` and digits behind it.
    static func stemLength(of word: ByteView, _ stem: StaticString) -> Int? {
        let length = stem.utf8CodeUnitCount
        guard word.count > length, word.hasPrefix(stem) else { return nil }
        for index in length..<word.count where !word[index].isDigit { return nil }
        return length
    }

    static func digitsEnd(in name: ByteView, from start: Int) -> Int {
        var end = start
        while name[end].isDigit { end += 1 }
        return end
    }
}

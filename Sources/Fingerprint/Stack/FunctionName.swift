/// Function names are kept as they are, except for pieces that a build numbers anew (`Object.12345`,
/// `Module.3f9a2b1c`).
enum FunctionName {
    static func append(_ name: ByteView, to output: inout ScratchBuffer) {
        var start = 0
        while start < name.count {
            var end = start
            while end < name.count, name[end].isWord { end += 1 }
            let piece = name[start..<end]
            if isNumber(piece) || BuildHash.isWholeName(piece) {
                output.append("<num>")
            } else {
                output.append(piece)
            }
            if end < name.count { output.append(name[end]) }
            start = end + 1
        }
    }

    private static func isNumber(_ piece: ByteView) -> Bool {
        for index in 0..<piece.count where !piece[index].isDigit { return false }
        return !piece.isEmpty
    }
}

extension StringProtocol {
    /// Without the spaces and tabs at either end.
    package var trimmingBlanks: SubSequence {
        var text = drop { $0 == " " || $0 == "\t" }
        while let last = text.last, last == " " || last == "\t" { text.removeLast() }
        return text
    }
}

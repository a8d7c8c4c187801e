/// Text of others, made safe to show on a terminal.
enum TerminalText {
    /// Control characters become escapes such as `\u{1B}`: nobody's error message moves the cursor or colours the screen.
    static func visible(_ text: String) -> String {
        var output = ""
        output.reserveCapacity(text.utf8.count)
        for scalar in text.unicodeScalars {
            switch scalar.properties.generalCategory {
            case .control, .format, .lineSeparator, .paragraphSeparator:
                output += scalar.escaped(asASCII: true)
            default:
                output.unicodeScalars.append(scalar)
            }
        }
        return output
    }
}

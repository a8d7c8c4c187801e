import Fingerprint

/// The explanation of one report for people.
struct FingerprintText {
    let text: String

    init(_ explanation: FingerprintExplanation, stack: StackReading?, item: Int) {
        var lines = ["report \(item)"]
        lines.append("  fingerprint  \(explanation.fingerprint.hex)")
        lines.append("  version      \(explanation.version)")
        lines.append("  basis        \(Self.words(for: explanation.basis))")
        lines.append("  parts")
        for part in explanation.parts {
            lines.append("    " + Self.padded(part.name.text, to: 10) + " " + Self.shown(part.bytes))
        }
        if let stack {
            lines.append("  frames, \(stack.format ?? "in a format nobody knows")")
            for frame in stack.frames {
                let place = [Self.shown(frame.function), Self.shown(frame.file)].filter { !$0.isEmpty }
                lines.append("    " + Self.padded(frame.verdict.rawValue, to: 10) + " " + place.joined(separator: "  "))
            }
        }
        text = lines.joined(separator: "\n") + "\n"
    }

    private static func words(for basis: FingerprintBasis) -> String {
        switch basis {
        case .stack: "stack: the frames of the stack trace"
        case .message: "message: normalised, since there is no usable stack trace"
        case .custom: "custom: the report's own fingerprint"
        case .rawMessage: "rawMessage: the bytes of the message and nothing else"
        }
    }

    private static func shown(_ bytes: [UInt8]) -> String {
        TerminalText.visible(String(decoding: bytes, as: UTF8.self))
    }

    private static func padded(_ text: String, to width: Int) -> String {
        text + String(repeating: " ", count: max(0, width - text.utf8.count))
    }
}

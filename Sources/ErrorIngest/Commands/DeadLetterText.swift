import Ingest
import QueueCore

/// Dead letters for people. Everything that comes from a record is made safe to show.
enum DeadLetterText {
    static func list(_ page: DeadLetterPage) -> String {
        var text = ""
        for letter in page.letters {
            text += "\(name(letter.id))\n"
            let code = letter.code == 0 ? "" : " (\(letter.code))"
            let attempts = letter.attempts == 1 ? "1 attempt" : "\(letter.attempts) attempts"
            text += "  \(letter.state.rawValue), \(attempts), last \(time(letter.lastFailedMilliseconds)): "
            text += "\(TerminalText.visible(letter.reason))\(code)\n"
            if !letter.detail.isEmpty { text += "  \(TerminalText.visible(letter.detail))\n" }
        }
        if page.letters.isEmpty { text += "no dead letters\n" }
        if let cursor = page.nextCursor { text += "more: --cursor \(TerminalText.visible(cursor.text))\n" }
        return text
    }

    static func show(_ letter: StoredDeadLetter) -> String {
        var lines = [
            name(letter.id),
            line("state", letter.state.rawValue),
            line("attempts", "\(letter.attempts)"),
            line("first", time(letter.firstFailedMilliseconds)),
            line("last", time(letter.lastFailedMilliseconds)),
            line("reason", letter.reason),
            line("code", "\(letter.code)"),
            line("detail", letter.detail),
            line("payload", "\(letter.payloadByteCount) bytes"),
        ]
        if let fields = letter.content.fields {
            lines.append("  record")
            for (field, value) in fields {
                let text =
                    switch value {
                    case .text(let text): text
                    case .time(let milliseconds): time(milliseconds)
                    case .number(let number): "\(number)"
                    }
                lines.append("  " + line("\(field)", text))
            }
        } else if let text = letter.payload.flatMap({ String(validating: $0, as: UTF8.self) }) {
            lines.append(line("text", text))
        } else {
            lines.append(line("record", "none that this version can read; --json has the bytes"))
        }
        return lines.joined(separator: "\n") + "\n"
    }

    static func outcome(_ outcome: ReplayOutcome) -> String {
        let counts = [
            ("queued", outcome.queued), ("stored", outcome.stored), ("refused again", outcome.refusedAgain),
            ("pending", outcome.pending), ("unknown", outcome.unknown), ("held back", outcome.held),
            ("not found", outcome.notFound), ("replayed before", outcome.alreadyReplayed),
        ]
        // The first two always, the others when there is something to say.
        var text = counts.enumerated().filter { $0.offset < 2 || $0.element.1 > 0 }
            .map { "\($0.element.0) \($0.element.1)" }.joined(separator: ", ")
        if let stop = outcome.stop { text += "\nstopped: \(words(for: stop))" }
        return text + "\n"
    }

    private static func words(for stop: ReplayOutcome.Stop) -> String {
        switch stop {
        case .queueFull: "the queue is full; try again when it has drained"
        case .queueUnavailable: "the queue is away, or did not answer"
        case .refusedAgain: "too many of the first letters were refused again; mend what refuses them first"
        case .notWorkedInTime:
            "the first letters were not done in time; is a worker running? --wait 0 queues without waiting"
        }
    }

    private static func name(_ id: DeadLetterID) -> String {
        "\(TerminalText.visible(id.queue))/\(id.hexKey)"
    }

    private static func line(_ name: String, _ text: String) -> String {
        let padding = String(repeating: " ", count: max(1, 13 - name.utf8.count))
        return "  " + name + padding + TerminalText.visible(text)
    }

    private static func time(_ milliseconds: Int64) -> String {
        var bytes: [UInt8] = []
        EventTime.appendISO8601(milliseconds: milliseconds, to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }
}

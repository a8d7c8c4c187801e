package import QueueCore

extension DeadLetterPage {
    /// The body of `GET /admin/dead-letters`.
    package var json: [UInt8] {
        var writer = JSONWriter(reserving: 64 + 384 * letters.count)
        writer.object { writer in
            writer.key("letters")
            writer.array { writer in
                for letter in letters {
                    writer.object { letter.append(to: &$0) }
                }
            }
            writer.field("nextCursor", nextCursor?.text)
        }
        return writer.bytes
    }
}

extension StoredDeadLetter {
    /// The body of `GET /admin/dead-letters/{queue}/{key}`: the letter, its payload as text or in base64, and what the payload says.
    package func json(_ content: DeadLetterContent) -> [UInt8] {
        let payload = payload ?? []
        var writer = JSONWriter(reserving: 1_024 + 3 * payload.count)
        writer.object { writer in
            append(to: &writer)
            writer.key("payload")
            writer.object { writer in
                if let text = String(validating: payload, as: UTF8.self) {
                    writer.field("text", text)
                } else {
                    writer.field("base64", Base64.text(payload))
                }
            }
            writer.key("record")
            guard let fields = content.fields else { return writer.null() }
            writer.object { writer in
                for (name, value) in fields {
                    switch value {
                    case .text(let text): writer.field(name, text)
                    case .time(let milliseconds): writer.field(name, milliseconds: milliseconds)
                    case .number(let number): writer.field(name, number)
                    }
                }
            }
        }
        return writer.bytes
    }

    fileprivate func append(to writer: inout JSONWriter) {
        writer.field("queue", id.queue)
        writer.field("key", id.hexKey)
        writer.field("state", state.rawValue)
        writer.field("attempts", attempts)
        writer.field("firstFailedAt", milliseconds: firstFailedMilliseconds)
        writer.field("lastFailedAt", milliseconds: lastFailedMilliseconds)
        writer.field("reason", reason)
        writer.field("code", code)
        writer.field("detail", detail)
        writer.field("payloadBytes", payloadByteCount)
    }
}

extension ReplayOutcome {
    /// The body of an answer to `POST /admin/dead-letters/replay`.
    package var json: [UInt8] {
        var writer = JSONWriter()
        writer.object { writer in
            writer.field("queued", queued)
            writer.field("stored", stored)
            writer.field("refusedAgain", refusedAgain)
            writer.field("pending", pending)
            writer.field("unknown", unknown)
            writer.field("held", held)
            writer.field("notFound", notFound)
            writer.field("alreadyReplayed", alreadyReplayed)
            writer.field("stopped", stop?.rawValue)
            writer.field("more", hasMore)
            writer.field("nextCursor", nextCursor?.text)
        }
        return writer.bytes
    }
}

extension DiscardOutcome {
    /// The body of an answer to `POST /admin/dead-letters/discard`.
    package var json: [UInt8] {
        var writer = JSONWriter()
        writer.object { writer in
            writer.field("discarded", discarded)
            writer.field("more", hasMore)
        }
        return writer.bytes
    }
}

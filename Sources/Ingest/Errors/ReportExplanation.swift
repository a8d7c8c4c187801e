package import Fingerprint

/// One report as `error-ingest fingerprint` tells of it.
package enum ReportExplanation: Sendable {
    /// It would be stored under this fingerprint. `stack` is how its stack trace was read, when that is part of the fingerprint.
    case accepted(FingerprintExplanation, stack: StackReading?)
    /// It would not be stored.
    case rejected(RequestRejection)
}

extension ReportExplanation {
    /// Nil for a report that would not be stored. Its `grouping` is that of `GET /errors/{fingerprint}`.
    /// - Parameter item: the number of the report in the input, from 1.
    package func json(item: Int) -> [UInt8]? {
        guard case .accepted(let explanation, let stack) = self else { return nil }
        var writer = JSONWriter(reserving: 1_024)
        writer.object { writer in
            writer.field("item", item)
            writer.field("fingerprint", explanation.fingerprint.hex)
            writer.field("basis", explanation.basis.rawValue)
            writer.key("grouping")
            writer.object { writer in
                writer.field("version", explanation.version)
                writer.key("parts")
                writer.raw(ErrorGrouping(version: explanation.version, parts: explanation.parts).partsJSON)
            }
            writer.key("stack")
            if let stack { Self.write(stack, to: &writer) } else { writer.null() }
        }
        return writer.bytes
    }

    private static func write(_ stack: StackReading, to writer: inout JSONWriter) {
        writer.object { writer in
            writer.field("format", stack.format)
            writer.key("frames")
            writer.array { writer in
                for frame in stack.frames {
                    writer.object { writer in
                        writer.field("function", String(decoding: frame.function, as: UTF8.self))
                        writer.field("file", String(decoding: frame.file, as: UTF8.self))
                        writer.field("verdict", frame.verdict.rawValue)
                    }
                }
            }
        }
    }
}

import Fingerprint

extension StatusOutcome {
    /// The body of the answer to `PATCH /errors`.
    package var json: [UInt8] {
        var writer = JSONWriter(reserving: 64 + 68 * notFound.count)
        writer.object { writer in
            writer.field("updated", updated)
            writer.field("unchanged", unchanged)
            writer.key("notFound")
            writer.array { writer in
                for fingerprint in notFound { writer.string(fingerprint.hex) }
            }
        }
        return writer.bytes
    }
}

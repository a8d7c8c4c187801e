import Fingerprint

extension ErrorPage {
    /// The body of `GET /errors`. `live` stands only where it is false.
    package var json: [UInt8] {
        var writer = JSONWriter(reserving: 64 + 512 * errors.count)
        writer.object { writer in
            writer.key("errors")
            writer.array { writer in
                for error in errors { writer.object { error.write(to: &$0) } }
            }
            writer.field("nextCursor", nextCursor?.text)
            if !isLive { writer.field("live", false) }
        }
        return writer.bytes
    }
}

extension StoredErrorDetail {
    /// The body of `GET /errors/{fingerprint}`. `live` stands only where it is false.
    package func json(isLive: Bool) -> [UInt8] {
        var writer = JSONWriter(reserving: 4_096)
        writer.object { writer in
            error.write(to: &writer)
            writer.field("stackTrace", stackTrace)
            writer.key("context")
            if let contextJSON { writer.raw(contextJSON.utf8) } else { writer.null() }
            writer.key("grouping")
            if let groupingVersion {
                writer.object { writer in
                    writer.field("version", groupingVersion)
                    writer.key("parts")
                    if let groupingPartsJSON { writer.raw(groupingPartsJSON.utf8) } else { writer.null() }
                }
            } else {
                writer.null()
            }
            if !isLive { writer.field("live", false) }
        }
        return writer.bytes
    }
}

extension StoredError {
    /// The body of the answer to `PATCH /errors/{fingerprint}`: a row of a list. `live` stands only where it is false.
    package func json(isLive: Bool) -> [UInt8] {
        var writer = JSONWriter(reserving: 1_024)
        writer.object { writer in
            write(to: &writer)
            if !isLive { writer.field("live", false) }
        }
        return writer.bytes
    }

    func write(to writer: inout JSONWriter) {
        writer.field("fingerprint", fingerprint.hex)
        writer.field("project", project)
        writer.field("type", type)
        writer.field("message", message)
        writer.field("level", level)
        writer.field("service", service)
        writer.field("environment", environment)
        writer.field("release", release)
        writer.field("status", status.rawValue)
        writer.field("resolvedAt", milliseconds: resolvedMilliseconds)
        writer.field("resolvedInRelease", resolvedInRelease)
        writer.field("count", count)
        writer.field("firstSeenAt", milliseconds: firstSeenMilliseconds)
        writer.field("lastSeenAt", milliseconds: lastSeenMilliseconds)
    }
}

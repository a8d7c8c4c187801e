import Ingest
import QueueCore

/// The time stamp of a log line: ISO 8601, UTC, milliseconds.
enum LogTimestamp {
    static var now: String {
        var text: [UInt8] = []
        EventTime.appendISO8601(milliseconds: WallClock.unixMilliseconds, to: &text)
        return String(decoding: text, as: UTF8.self)
    }
}

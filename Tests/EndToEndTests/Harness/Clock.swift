import Glibc
import Ingest

/// Now, Unix milliseconds.
func unixMilliseconds() -> Int64 {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000
}

/// Now, ISO 8601 in UTC.
func isoNow() -> String {
    var text: [UInt8] = []
    EventTime.appendISO8601(milliseconds: unixMilliseconds(), to: &text)
    return String(decoding: text, as: UTF8.self)
}

/// Unix milliseconds of a time as the service writes it.
func milliseconds(_ text: String?) -> Int64? {
    guard let text else { return nil }
    return Array(text.utf8).withUnsafeBytes { EventTime.milliseconds(text: $0) }
}

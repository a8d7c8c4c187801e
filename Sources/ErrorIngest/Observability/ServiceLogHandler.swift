import Logging

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// Writes one line per entry to standard error: text for people, or a JSON object for machines.
///
/// A line is one `write(2)`, so that the lines of several threads do not mix. Request bodies are never logged; what a client
/// chose (paths, ids) has its control characters escaped.
struct ServiceLogHandler: LogHandler {
    var metadata: Logger.Metadata = [:]
    var metadataProvider: Logger.MetadataProvider?
    var logLevel: Logger.Level

    private let label: String
    private let format: ServiceConfiguration.LogFormat

    init(label: String, level: Logger.Level, format: ServiceConfiguration.LogFormat) {
        self.label = label
        self.logLevel = level
        self.format = format
    }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        var all = metadata
        if let provided = metadataProvider?.get() { all.merge(provided) { _, new in new } }
        if let explicit = event.metadata { all.merge(explicit) { _, new in new } }
        if let error = event.error { all["error"] = "\(error)" }
        let pairs = all.map { ($0.key, "\($0.value)") }.sorted { $0.0 < $1.0 }
        var line: [UInt8] = []
        line.reserveCapacity(256)
        switch format {
        case .text: appendText(event, pairs, to: &line)
        case .json: appendJSON(event, pairs, to: &line)
        }
        line.append(UInt8(ascii: "\n"))
        line.withUnsafeBytes { _ = write(STDERR_FILENO, $0.baseAddress, $0.count) }
    }

    private func appendText(_ event: LogEvent, _ pairs: [(String, String)], to line: inout [UInt8]) {
        line += LogTimestamp.now.utf8
        line += " \(event.level.rawValue) \(label): ".utf8
        Self.append(escaping: "\(event.message)", quotes: false, to: &line)
        for (key, value) in pairs {
            line += " \(key)=".utf8
            let needsQuotes = value.utf8.contains { $0 == 0x20 || $0 == 0x22 || $0 == 0x3D }
            if needsQuotes { line.append(0x22) }
            Self.append(escaping: value, quotes: needsQuotes, to: &line)
            if needsQuotes { line.append(0x22) }
        }
    }

    private func appendJSON(_ event: LogEvent, _ pairs: [(String, String)], to line: inout [UInt8]) {
        line +=
            "{\"time\":\"\(LogTimestamp.now)\",\"level\":\"\(event.level.rawValue)\",\"logger\":\"\(label)\",\"message\":\""
            .utf8
        Self.append(escaping: "\(event.message)", quotes: true, to: &line)
        line.append(0x22)
        for (key, value) in pairs {
            line += ",\"".utf8
            Self.append(escaping: key, quotes: true, to: &line)
            line += "\":\"".utf8
            Self.append(escaping: value, quotes: true, to: &line)
            line.append(0x22)
        }
        line.append(UInt8(ascii: "}"))
    }

    /// Escapes control characters, and with `quotes` also `"` and `\`, as JSON does.
    private static func append(escaping text: String, quotes: Bool, to line: inout [UInt8]) {
        for byte in text.utf8 {
            switch byte {
            case 0x0A: line += "\\n".utf8
            case 0x0D: line += "\\r".utf8
            case 0x00..<0x20, 0x7F:
                let digits = String(byte, radix: 16)
                line += "\\u00\(digits.count == 1 ? "0" : "")\(digits)".utf8
            case 0x22 where quotes, 0x5C where quotes:
                line.append(0x5C)
                line.append(byte)
            default: line.append(byte)
            }
        }
    }
}

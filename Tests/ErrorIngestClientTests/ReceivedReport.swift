import FoundationEssentials
import TestServers

/// A report as it came over the wire.
struct ReceivedReport: Decodable, Sendable {
    var message: String
    var type: String?
    var stackTrace: String?
    var level: String?
    var service: String?
    var environment: String?
    var release: String?
    var project: String?
    var timestamp: Int64
    var eventId: String
    var fingerprint: [String]?
    var context: [String: JSON]?

    /// Of NDJSON; what is no report becomes one whose message says so.
    static func lines(_ body: [UInt8]) -> [ReceivedReport] {
        body.split(separator: UInt8(ascii: "\n")).map { line in
            do {
                return try JSONDecoder().decode(ReceivedReport.self, from: Data(line))
            } catch {
                return ReceivedReport(message: "BROKEN: \(error)", timestamp: 0, eventId: "broken")
            }
        }
    }
}

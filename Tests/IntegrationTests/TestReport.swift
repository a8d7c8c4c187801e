import Fingerprint
import Ingest
import TestServers

/// A report as a client sends it; the number makes it a distinct error.
struct TestReport: Sendable {
    var number: Int
    /// The client's own.
    var eventID: String?
    /// Effective event time, Unix milliseconds.
    var at: Int64 = receivedAt
    /// Makes the record larger; not part of the fingerprint.
    var contextBytes = 0
    var release: String?
    /// When it is received, if it is sent alone; Unix milliseconds.
    var received: Int64 = receivedAt

    /// The time of receipt in tests: 2026-01-01T00:00:00Z.
    static let receivedAt = Sample.newYear

    init(
        _ number: Int, id eventID: String? = nil, at: Int64 = receivedAt, contextBytes: Int = 0, release: String? = nil
    ) {
        self.number = number
        self.eventID = eventID
        self.at = at
        self.contextBytes = contextBytes
        self.release = release
    }

    private var json: String {
        var fields = [
            // Digits would be normalised away.
            #""message":"failure \#(Self.word(number))""#, #""type":"Error""#, #""timestamp":\#(at)"#,
        ]
        if let eventID { fields.append(#""eventId":"\#(eventID)""#) }
        if let release { fields.append(#""release":"\#(release)""#) }
        if contextBytes > 0 { fields.append(#""context":{"pad":"\#(String(repeating: "x", count: contextBytes))"}"#) }
        return "{" + fields.joined(separator: ",") + "}"
    }

    /// A word of letters for each number.
    private static func word(_ number: Int) -> String {
        String(String(number).utf8.map { Character(UnicodeScalar($0 - 0x30 + 0x67)) })
    }

    /// - Parameter isKnown: whether its record is left out.
    func admission(isKnown: Bool = false) throws -> ErrorAdmission {
        let path = try ErrorPath(grouping: .standard)
        return try Array(json.utf8).withUnsafeBytes {
            try path.admission(forSingle: $0, receivedAt: received, isKnown: { _ in isKnown })
        }
    }

    func fingerprint() throws -> Fingerprint {
        guard let group = try admission().groups.first else { throw TestServerError("no group") }
        return group.fingerprint
    }

    fileprivate static func lines(_ reports: [TestReport]) -> String {
        reports.map(\.json).joined(separator: "\n")
    }
}

extension [TestReport] {
    /// All of them in one request.
    func admission() throws -> ErrorAdmission {
        let path = try ErrorPath(grouping: .standard)
        return try Array<UInt8>(TestReport.lines(self).utf8).withUnsafeBytes {
            try path.admission(forBatch: $0, receivedAt: TestReport.receivedAt)
        }
    }
}

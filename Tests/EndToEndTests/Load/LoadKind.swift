import Fingerprint
import Ingest
import TestServers

/// One distinct error of a load: what its reports have in common, and the fingerprint they must get.
struct LoadKind: Sendable {
    let fingerprint: Fingerprint
    private let head: [UInt8]
    private let tail: [UInt8]

    /// `count` errors that differ from one another and from those of other loads with another `name` (letters only).
    /// Reports of one of them differ in a number, which the fingerprint leaves out.
    static func make(_ count: Int, name: String = "load") throws -> [LoadKind] {
        let path = try ErrorPath(grouping: .standard)
        return try (0..<count).map { try LoadKind(word: "\(name)\(letters($0))", path: path) }
    }

    private init(word: String, path: ErrorPath) throws {
        head = Array(
            """
            {"type":"\(word.prefix(1).uppercased())\(word.dropFirst())Error","level":"error","service":"checkout",\
            "environment":"test","release":"2.4.1","context":{"customer":"c","attempt":3},\
            "message":"order of \(word) could not be paid: gateway answered 
            """.utf8)
        tail = Array("\"".utf8)
        let sample = head + Array("1".utf8) + tail + [UInt8(ascii: "}")]
        let admission = try sample.withUnsafeBytes { bytes throws(RequestRejection) in
            try path.admission(forSingle: bytes, receivedAt: 1_767_225_600_000)
        }
        guard admission.groups.count == 1 else { throw TestServerError("one report is one group") }
        fingerprint = admission.groups[0].fingerprint
    }

    func body(number: Int, eventID: String?) -> [UInt8] {
        var body = head + Array("\(number)".utf8) + tail
        if let eventID { body += Array(",\"eventId\":\"\(eventID)\"".utf8) }
        body.append(UInt8(ascii: "}"))
        return body
    }

    /// A word for a number, without letters that could be taken for hexadecimal digits.
    private static func letters(_ number: Int) -> String {
        let alphabet = Array("ghijklmnopqrstuvwxyz")
        return String([alphabet[number / alphabet.count % alphabet.count], alphabet[number % alphabet.count]])
    }
}

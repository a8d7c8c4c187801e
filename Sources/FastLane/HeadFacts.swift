import NIOHTTP1

/// What the lane needs from a request's fields, gathered in one pass.
struct HeadFacts {
    /// `Int.max` for a length that no `Int` holds.
    private(set) var contentLength: Int?
    private(set) var isChunked = false
    /// `nil` when unknown.
    private(set) var contentCoding: ContentCodings? = .identity
    private(set) var expectsContinue = false
    private(set) var requestID: String?
    /// NIO's decoder reads nothing after a request that asks for another protocol.
    private(set) var endsDecoding: Bool

    init(_ head: HTTPRequestHead) {
        self.endsDecoding = head.method == .CONNECT
        var codings = 0
        for (name, value) in head.headers {
            let bytes = name.utf8
            switch bytes.count {
            case 6 where bytes.matches("expect"):
                // RFC 9110 §10.1.1: a 1.0 client cannot mean it.
                self.expectsContinue = head.version != .http1_0 && value.utf8.matches("100-continue")
            case 7 where bytes.matches("upgrade"):
                self.endsDecoding = true
            case 12 where bytes.matches("x-request-id"):
                self.requestID = Self.isHarmless(value) ? value : nil
            case 14 where bytes.matches("content-length"):
                self.contentLength = Int(value) ?? Int.max
            case 16 where bytes.matches("content-encoding"):
                codings += 1
                self.contentCoding = codings == 1 ? ContentCodings(fieldValue: value) : nil
            case 17 where bytes.matches("transfer-encoding"):
                self.isChunked = true
            default:
                break
            }
        }
    }

    var hasBody: Bool {
        self.isChunked || (self.contentLength ?? 0) > 0
    }

    /// A request id is echoed and logged, so only what can harm neither: 1–128 of `A–Z a–z 0–9 - _ . : / + = @ ~`.
    private static func isHarmless(_ value: String) -> Bool {
        let bytes = value.utf8
        guard (1...128).contains(bytes.count) else { return false }
        return bytes.allSatisfy { byte in
            switch byte {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
            case 0x2B, 0x2D, 0x2E, 0x2F, 0x3A, 0x3D, 0x40, 0x5F, 0x7E: true
            default: false
            }
        }
    }
}

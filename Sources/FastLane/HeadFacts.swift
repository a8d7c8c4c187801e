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
                self.requestID = RequestID.isHarmless(value) ? value : nil
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
}

import NIOCore
import NIOHTTP1

/// What every request is answered with: status, fields and as many bytes as the service sends for `POST /errors/log`.
enum ConstantAnswer {
    private static let text =
        #"{"status":"queued","fingerprint":"0000000000000000000000000000000000000000000000000000000000000000","#
        + #""eventId":"00000000-0000-7000-8000-000000000000"}"#

    static let body = ByteBuffer(string: text)

    /// Made once: a server that is to be quick would not make it anew for each request.
    static let head = head(connection: nil)
    static let closingHead = head(connection: "close")
    /// HTTP/1.0 closes unless told otherwise.
    static let keepingHead = head(connection: "keep-alive")

    private static func head(connection: String?) -> HTTPResponseHead {
        var headers: HTTPHeaders = ["content-type": "application/json", "content-length": String(text.utf8.count)]
        if let connection { headers.add(name: "connection", value: connection) }
        return HTTPResponseHead(version: .http1_1, status: .ok, headers: headers)
    }
}

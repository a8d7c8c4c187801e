/// A request as it goes over the wire.
struct HTTPRequest: Sendable {
    var method: String
    var target: String
    var headers: [(String, String)] = []
    var body: [UInt8] = []

    init(_ method: String, _ target: String, headers: [(String, String)] = [], body: [UInt8] = []) {
        self.method = method
        self.target = target
        self.headers = headers
        self.body = body
    }

    init(_ method: String, _ target: String, headers: [(String, String)] = [], body: String) {
        self.init(method, target, headers: headers, body: Array(body.utf8))
    }

    /// A `Host` is added unless there is one: that of this machine, since admin routes without a token ask for it. A
    /// `Content-Length` is added to what has a body or needs one, unless the fields frame it already.
    var bytes: [UInt8] {
        var text = "\(method) \(target) HTTP/1.1\r\n"
        if !headers.contains(where: { $0.0.lowercased() == "host" }) { text += "host: localhost\r\n" }
        for (name, value) in headers { text += "\(name): \(value)\r\n" }
        let isFramed = headers.contains { ["content-length", "transfer-encoding"].contains($0.0.lowercased()) }
        if !isFramed && (!body.isEmpty || method == "POST") { text += "content-length: \(body.count)\r\n" }
        return Array(text.utf8) + [13, 10] + body
    }
}

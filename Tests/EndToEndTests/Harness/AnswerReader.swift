import NIOCore
import TestServers

/// Takes answers out of the bytes of a connection. Strict: what no careful client would understand is an error.
struct AnswerReader {
    /// The answers are to HEAD: whatever `Content-Length` says, no body follows.
    var expectsNoBody = false
    private var bytes: [UInt8] = []
    /// What lies before has been taken.
    private var start = 0

    mutating func append(_ part: ByteBuffer) {
        if start > 64 * 1024 {
            bytes.removeFirst(start)
            start = 0
        }
        bytes.append(contentsOf: part.readableBytesView)
    }

    /// The next answer; nil until it is there whole. An interim answer (100) counts as one.
    mutating func next() throws(TestServerError) -> HTTPAnswer? {
        guard let headEnd = endOfHead() else { return nil }
        var answer = try head(String(decoding: bytes[start..<headEnd], as: UTF8.self))
        let bodyStart = headEnd + 4
        var length = 0
        if answer.status >= 200 && answer.status != 204 && !expectsNoBody {
            guard let text = answer.header("content-length"), let value = Int(text) else {
                throw TestServerError("an answer without Content-Length: \(answer)")
            }
            length = value
        }
        guard bytes.count >= bodyStart + length else { return nil }
        answer.body = Array(bytes[bodyStart..<bodyStart + length])
        start = bodyStart + length
        if start == bytes.count {
            bytes.removeAll(keepingCapacity: true)
            start = 0
        }
        return answer
    }

    private func endOfHead() -> Int? {
        var index = start
        while index + 3 < bytes.count {
            if bytes[index] == 13 && bytes[index + 1] == 10 && bytes[index + 2] == 13 && bytes[index + 3] == 10 {
                return index
            }
            index += 1
        }
        return nil
    }

    private func head(_ text: String) throws(TestServerError) -> HTTPAnswer {
        let lines = text.split(separator: "\r\n", omittingEmptySubsequences: false)
        let words = lines[0].split(separator: " ", maxSplits: 2)
        guard words.count >= 2, words[0] == "HTTP/1.1", let status = Int(words[1]), (100...599).contains(status) else {
            throw TestServerError("not an answer: \(lines[0])")
        }
        var answer = HTTPAnswer(status: status, headers: [], body: [])
        for line in lines.dropFirst() {
            guard let colon = line.firstIndex(of: ":") else { throw TestServerError("not a header field: \(line)") }
            let value = line[line.index(after: colon)...].drop { $0 == " " }
            answer.headers.append((line[..<colon].lowercased(), String(value)))
        }
        return answer
    }
}

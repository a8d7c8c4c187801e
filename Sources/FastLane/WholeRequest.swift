import NIOCore
import NIOHTTP1

/// A request of the plainest kind, read by its bytes: `POST`, HTTP/1.1, a `Content-Length`, and nothing that changes how it is framed,
/// coded or answered.
///
/// Everything else is `nil`, also what is wrong: it is for NIO's decoder to understand or to refuse. So this may be narrower than HTTP, and
/// must never be wider: what it takes, the decoder would take with the same meaning.
struct WholeRequest {
    /// Larger heads are the decoder's.
    private static let maxHeadBytes = 4096
    private static let maxFields = 64

    /// Whether no head is taken that is over these limits, which the decoder keeps.
    static func isWithin(_ limits: LaneLimits) -> Bool {
        limits.maxHeaderFieldBytes >= maxHeadBytes && limits.maxHeaderListBytes >= maxHeadBytes
            && limits.maxHeaderFields >= maxFields
    }

    var uri: String
    /// Only the fields a `LaneService` asks for: `Authorization`, `Origin` and `X-Request-Id`.
    var headers: HTTPHeaders
    /// Of the bytes: where the body starts, and how long it says it is.
    var headBytes: Int
    var bodyBytes: Int

    var byteCount: Int { headBytes + bodyBytes }

    /// - Parameter bytes: what has come in; the request starts at their start, and need not be there whole beyond its head.
    init?(_ bytes: UnsafeRawBufferPointer) {
        var scan = Scan(bytes: bytes)
        guard scan.skip("POST "), let uri = scan.takeTarget(), scan.skip(" HTTP/1.1\r\n") else { return nil }
        self.uri = uri
        headers = HTTPHeaders()
        var length: Int?
        for _ in 0..<Self.maxFields {
            if scan.skip("\r\n") {
                guard let length else { return nil }
                headBytes = scan.position
                bodyBytes = length
                return
            }
            guard let (name, value) = scan.takeField() else { return nil }
            switch Field(name) {
            case .other: continue
            case .decoders: return nil
            case .connection:
                guard value.isSame(as: "keep-alive") else { return nil }
            case .contentLength:
                guard length == nil, let number = value.decimal else { return nil }
                length = number
            case .kept(let keptName):
                headers.add(name: keptName, value: String(decoding: value, as: UTF8.self))
            }
        }
        return nil
    }

    // MARK: - Fields

    private enum Field {
        /// Nobody's business here.
        case other
        /// Changes how the message is read.
        case decoders
        case connection
        case contentLength
        case kept(String)

        init(_ name: Slice<UnsafeRawBufferPointer>) {
            switch name.count {
            case 6 where name.isSame(as: "origin"): self = .kept("origin")
            case 6 where name.isSame(as: "expect"), 7 where name.isSame(as: "upgrade"): self = .decoders
            case 10 where name.isSame(as: "connection"): self = .connection
            case 12 where name.isSame(as: "x-request-id"): self = .kept("x-request-id")
            case 13 where name.isSame(as: "authorization"): self = .kept("authorization")
            case 14 where name.isSame(as: "content-length"): self = .contentLength
            case 16 where name.isSame(as: "content-encoding") || name.isSame(as: "proxy-connection"): self = .decoders
            case 17 where name.isSame(as: "transfer-encoding"): self = .decoders
            default: self = .other
            }
        }
    }

    /// Goes through the bytes, and not beyond `maxHeadBytes`.
    private struct Scan {
        let bytes: UnsafeRawBufferPointer
        let end: Int
        var position = 0

        init(bytes: UnsafeRawBufferPointer) {
            self.bytes = bytes
            end = min(bytes.count, WholeRequest.maxHeadBytes)
        }

        mutating func skip(_ text: StaticString) -> Bool {
            let count = text.utf8CodeUnitCount
            guard end - position >= count else { return false }
            for index in 0..<count where bytes[position + index] != text.utf8Start[index] { return false }
            position += count
            return true
        }

        /// A path of visible ASCII, up to a space.
        mutating func takeTarget() -> String? {
            let start = position
            while position < end, (0x21...0x7E).contains(bytes[position]) { position += 1 }
            guard position < end, position > start, bytes[start] == UInt8(ascii: "/") else { return nil }
            return String(decoding: bytes[start..<position], as: UTF8.self)
        }

        /// A name, and a value of visible ASCII, spaces and tabs, without those in front of it: the decoder keeps those behind it. The line
        /// ends with CR LF.
        mutating func takeField() -> (name: Slice<UnsafeRawBufferPointer>, value: Slice<UnsafeRawBufferPointer>)? {
            let start = position
            while position < end, Self.isToken(bytes[position]) { position += 1 }
            guard position < end, position > start, bytes[position] == UInt8(ascii: ":") else { return nil }
            let name = bytes[start..<position]
            position += 1
            while position < end, Self.isBlank(bytes[position]) { position += 1 }
            let valueStart = position
            while position < end, (0x20...0x7E).contains(bytes[position]) || bytes[position] == 0x09 { position += 1 }
            let value = bytes[valueStart..<position]
            guard skip("\r\n") else { return nil }
            return (name, value)
        }

        private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }

        /// RFC 9110 §5.6.2, as one bit for each of the first 128 bytes.
        private static func isToken(_ byte: UInt8) -> Bool {
            let bits: (low: UInt64, high: UInt64) = (0x03FF_6CFA_0000_0000, 0x57FF_FFFF_C7FF_FFFE)
            guard byte < 128 else { return false }
            return (byte < 64 ? bits.low >> UInt64(byte) : bits.high >> UInt64(byte - 64)) & 1 == 1
        }
    }
}

extension Slice<UnsafeRawBufferPointer> {
    /// ASCII letters compare without case.
    fileprivate func isSame(as lowercase: StaticString) -> Bool {
        guard count == lowercase.utf8CodeUnitCount else { return false }
        let bytes = UnsafeRawBufferPointer(rebasing: self)
        for offset in 0..<bytes.count {
            let byte = bytes[offset]
            let lower = (0x41...0x5A).contains(byte) ? byte | 0x20 : byte
            if lower != lowercase.utf8Start[offset] { return false }
        }
        return true
    }

    /// Digits alone, at most nine.
    fileprivate var decimal: Int? {
        guard (1...9).contains(count) else { return nil }
        var number = 0
        for byte in self {
            guard (0x30...0x39).contains(byte) else { return nil }
            number = number * 10 + Int(byte - 0x30)
        }
        return number
    }
}

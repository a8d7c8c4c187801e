import RedisClient
import Testing

@Suite struct RESPReaderTests {
    struct Sample: Sendable, CustomTestStringConvertible {
        let wire: String
        let value: RedisValue

        init(_ wire: String, _ value: RedisValue) {
            self.wire = wire
            self.value = value
        }

        var testDescription: String { String(wire.prefix(40)).debugDescription }
    }

    static let samples = [
        Sample("+OK\r\n", .status(Array("OK".utf8))),
        Sample("+\r\n", .status([])),
        Sample("-ERR no\r\n", .error(Array("ERR no".utf8))),
        Sample(":0\r\n", .integer(0)),
        Sample(":-9223372036854775808\r\n", .integer(.min)),
        Sample(":9223372036854775807\r\n", .integer(.max)),
        Sample("$-1\r\n", .null),
        Sample("*-1\r\n", .null),
        Sample("$0\r\n\r\n", .string([])),
        Sample("$4\r\na\r\nb\r\n", .string(Array("a\r\nb".utf8))),
        Sample("$3\r\n\u{0}\u{1}\u{2}\r\n", .string([0, 1, 2])),
        Sample("*0\r\n", .array([])),
        Sample("*3\r\n:1\r\n$1\r\na\r\n$-1\r\n", .array([.integer(1), .string([97]), .null])),
        Sample("*2\r\n-ERR x\r\n*0\r\n", .array([.error(Array("ERR x".utf8)), .array([])])),
        Sample("*2\r\n*1\r\n*1\r\n:7\r\n+A\r\n", .array([.array([.array([.integer(7)])]), .status([65])])),
        Sample(String(repeating: "*1\r\n", count: 8) + ":5\r\n", nested(.integer(5), depth: 8)),
        Sample("$70000\r\n\(String(repeating: "x", count: 70000))\r\n", .string(Array(repeating: 120, count: 70000))),
    ]

    private static func nested(_ value: RedisValue, depth: Int) -> RedisValue {
        (0..<depth).reduce(value) { inner, _ in .array([inner]) }
    }

    private static func feed(_ reader: RESPReader, _ bytes: some Collection<UInt8>) throws -> [RedisValue] {
        try Array(bytes).withUnsafeBytes { try reader.feed($0) }
        var values: [RedisValue] = []
        while let value = try reader.next() { values.append(value) }
        return values
    }

    @Test("whole replies", arguments: samples)
    func whole(_ sample: Sample) throws {
        let reader = try RESPReader()
        #expect(try Self.feed(reader, sample.wire.utf8) == [sample.value])
    }

    @Test func splitAtEveryByte() throws {
        let samples = Self.samples.dropLast()
        let stream = Array(samples.map(\.wire).joined().utf8)
        let expected = samples.map(\.value)
        for index in stream.indices {
            let reader = try RESPReader()
            let values = try Self.feed(reader, stream[..<index]) + Self.feed(reader, stream[index...])
            #expect(values == expected, "split at \(index)")
        }
    }

    @Test("one byte at a time", arguments: samples)
    func bytewise(_ sample: Sample) throws {
        let reader = try RESPReader()
        var values: [RedisValue] = []
        for byte in sample.wire.utf8 { values += try Self.feed(reader, CollectionOfOne(byte)) }
        #expect(values == [sample.value])
    }

    static let violations = [
        "abc\r\n", "\r\n", "HTTP/1.1 400 Bad Request\r\n", "\u{0}\u{0}\u{0}\u{0}",
        ":\r\n", ":12x\r\n", ":9223372036854775808\r\n",
        "$abc\r\n", "$-2\r\n", "$99999999999999999999\r\nx",
        "*abc\r\n", "*-2\r\n", "*99999999999\r\n", "*2147483647\r\n", "*1048577\r\n",
        "*2\r\n*1048575\r\n",
        String(repeating: "*1\r\n", count: 9) + ":5\r\n",
        // RESP3
        "_\r\n", "#t\r\n", ",1.5\r\n", "%1\r\n+a\r\n:1\r\n", "~1\r\n:1\r\n", ">1\r\n+a\r\n", "(12345\r\n",
        // A length that never ends, a line that never ends.
        "$" + String(repeating: "0", count: 100), "*" + String(repeating: "1", count: 100),
        "+" + String(repeating: "x", count: 70_000),
    ]

    @Test("what is not RESP2 is refused and stays refused", arguments: violations)
    func violation(_ wire: String) throws {
        let reader = try RESPReader()
        let error = #expect(throws: RedisClientError.self) { try Self.feed(reader, wire.utf8) }
        #expect(error?.code == .protocolViolation)
    }

    @Test func hugeAnnouncedLengthWaitsWithoutAllocating() throws {
        let reader = try RESPReader(maxReplyBytes: 1000)
        #expect(try Self.feed(reader, "$9223372036854775807\r\nx".utf8) == [])
        let error = #expect(throws: RedisClientError.self) {
            try Self.feed(reader, Array(repeating: UInt8(0), count: 1000))
        }
        #expect(error?.code == .protocolViolation)
    }

    @Test func replySizeIsCappedForEachReply() throws {
        let reader = try RESPReader(maxReplyBytes: 100)
        let fits = "$80\r\n\(String(repeating: "a", count: 80))\r\n"
        let values = try Self.feed(reader, String(repeating: fits, count: 50).utf8)
        #expect(values.count == 50)
        #expect(throws: RedisClientError.self) {
            try Self.feed(reader, "$120\r\n\(String(repeating: "a", count: 120))\r\n".utf8)
        }
    }

    @Test func elementsAreCappedOverTheWholeReply() throws {
        let reader = try RESPReader(maxReplyElements: 4)
        #expect(try Self.feed(reader, "*2\r\n:1\r\n*2\r\n:1\r\n:2\r\n*1\r\n:1\r\n".utf8).count == 2)
        #expect(throws: RedisClientError.self) { try Self.feed(reader, "*2\r\n*2\r\n:1\r\n:2\r\n*1\r\n".utf8) }
    }

    /// Any bytes give values or a violation; nothing else can happen.
    @Test func randomBytes() throws {
        var random = SystemRandomNumberGenerator()
        let seeds = Self.samples.dropLast().map { Array($0.wire.utf8) }
        let marks = Array("+-:$*\r\n0123456789".utf8)
        var violations = 0
        for _ in 0..<20_000 {
            var bytes = seeds.randomElement(using: &random)! + seeds.randomElement(using: &random)!
            for _ in 0..<Int.random(in: 1...4, using: &random) {
                let index = Int.random(in: bytes.indices, using: &random)
                bytes[index] = Bool.random(using: &random) ? marks.randomElement(using: &random)! : .random(in: 0...255)
            }
            let reader = try RESPReader(maxReplyBytes: 1 << 16)
            do {
                _ = try Self.feed(reader, bytes)
            } catch let error as RedisClientError {
                #expect(error.code == .protocolViolation)
                violations += 1
            }
        }
        #expect(violations > 0)
    }
}

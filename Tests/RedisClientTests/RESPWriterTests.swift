import NIOCore
import RedisClient
import Testing

@Suite struct RESPWriterTests {
    @Test(
        "commands on the wire",
        arguments: [
            (RedisCommand("PING"), "*1\r\n$4\r\nPING\r\n"),
            (RedisCommand("SET", ["k", ""]), "*3\r\n$3\r\nSET\r\n$1\r\nk\r\n$0\r\n\r\n"),
            (
                RedisCommand("E", [0, 7, 10, 99, 100]),
                "*6\r\n$1\r\nE\r\n$1\r\n0\r\n$1\r\n7\r\n$2\r\n10\r\n$2\r\n99\r\n$3\r\n100\r\n"
            ),
            (RedisCommand("E", [-1, .integer(.max)]), "*3\r\n$1\r\nE\r\n$2\r\n-1\r\n$19\r\n9223372036854775807\r\n"),
            (RedisCommand("E", [.integer(.min)]), "*2\r\n$1\r\nE\r\n$20\r\n-9223372036854775808\r\n"),
            (RedisCommand("E", ["a\r\nb", "é"]), "*3\r\n$1\r\nE\r\n$4\r\na\r\nb\r\n$2\r\né\r\n"),
        ]
    )
    func command(_ command: RedisCommand, _ wire: String) {
        var buffer = ByteBuffer()
        let count = buffer.writeCommand(command, bound: command.encodedBound)
        #expect(String(buffer: buffer) == wire)
        #expect(count == wire.utf8.count)
        #expect(command.encodedBound >= count)
    }

    /// The server reads commands with the same protocol, so the reader must give back what the writer wrote.
    @Test func roundTrip() throws {
        let lengths = [0, 1, 9, 10, 99, 100, 1000, 65_536]
        let payloads = lengths.map { [UInt8](repeating: 0x0D, count: $0) }
        let command = RedisCommand("X", payloads.map { .bytes($0) })
        var buffer = ByteBuffer()
        buffer.writeCommand(command, bound: command.encodedBound)
        let reader = try RESPReader()
        try buffer.withUnsafeReadableBytes { try reader.feed($0) }
        #expect(try reader.next() == .array([.string([0x58])] + payloads.map { .string($0) }))
    }
}

package import NIOCore

/// Writes one command in RESP2 (https://redis.io/docs/latest/develop/reference/protocol-spec/) into memory that
/// `bound(…)` has shown to be enough; every write is checked against the end all the same.
package struct RESPWriter {
    private let memory: UnsafeMutableRawBufferPointer
    package private(set) var count = 0

    fileprivate init(_ memory: UnsafeMutableRawBufferPointer) {
        self.memory = memory
    }

    /// `*` or `$`, up to 19 digits, CR LF.
    fileprivate static let maxHeaderBytes = 1 + 19 + 2

    fileprivate static func bulkBound(_ byteCount: Int) -> Int { maxHeaderBytes + byteCount + 2 }

    fileprivate static func bound(_ arguments: [RedisArgument]) -> Int {
        var bound = 0
        for argument in arguments {
            switch argument {
            case .bytes(let bytes): bound += bulkBound(bytes.count)
            case .string(let text): bound += bulkBound(text.utf8.count)
            case .integer: bound += bulkBound(20)
            }
        }
        return bound
    }

    fileprivate mutating func writeHeader(_ mark: UInt8, _ number: Int) {
        precondition(memory.count - count >= Self.maxHeaderBytes)
        memory[count] = mark
        count += 1
        writeDigits(of: UInt64(number))
        writeLineEnd()
    }

    fileprivate mutating func writeBulk(_ bytes: UnsafeRawBufferPointer) {
        writeHeader(UInt8(ascii: "$"), bytes.count)
        writeRaw(bytes)
        writeLineEnd()
    }

    fileprivate mutating func writeBulk(_ bytes: [UInt8]) {
        bytes.withUnsafeBytes { writeBulk($0) }
    }

    fileprivate mutating func writeBulk(_ text: String) {
        var text = text
        text.withUTF8 { writeBulk(UnsafeRawBufferPointer($0)) }
    }

    fileprivate mutating func writeBulk(_ number: Int64) {
        let magnitude = number.magnitude
        let digits = Self.digitCount(magnitude)
        writeHeader(UInt8(ascii: "$"), number < 0 ? digits + 1 : digits)
        precondition(memory.count - count >= 1 + digits + 2)
        if number < 0 {
            memory[count] = UInt8(ascii: "-")
            count += 1
        }
        writeDigits(of: magnitude)
        writeLineEnd()
    }

    fileprivate mutating func writeBulks(_ arguments: [RedisArgument]) {
        for argument in arguments {
            switch argument {
            case .bytes(let bytes): writeBulk(bytes)
            case .string(let text): writeBulk(text)
            case .integer(let number): writeBulk(number)
            }
        }
    }

    fileprivate mutating func writeRaw(_ bytes: UnsafeRawBufferPointer) {
        precondition(memory.count - count >= bytes.count + 2)
        UnsafeMutableRawBufferPointer(rebasing: memory[count..<(count + bytes.count)]).copyMemory(from: bytes)
        count += bytes.count
    }

    private mutating func writeLineEnd() {
        memory[count] = UInt8(ascii: "\r")
        memory[count + 1] = UInt8(ascii: "\n")
        count += 2
    }

    private mutating func writeDigits(of number: UInt64) {
        var rest = number
        let end = count + Self.digitCount(number)
        var position = end
        repeat {
            position -= 1
            memory[position] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10)
            rest /= 10
        } while rest > 0
        count = end
    }

    private static func digitCount(_ number: UInt64) -> Int {
        var digits = 1
        var limit: UInt64 = 10
        while number >= limit {
            digits += 1
            let (next, overflow) = limit.multipliedReportingOverflow(by: 10)
            if overflow { break }
            limit = next
        }
        return digits
    }
}

extension RedisCommand {
    /// At most so many bytes when encoded.
    package var encodedBound: Int {
        RESPWriter.maxHeaderBytes + RESPWriter.bulkBound(name.utf8.count) + RESPWriter.bound(arguments)
    }
}

extension ScriptCall {
    /// At most so many bytes when encoded with an `EVALSHA` and digest of `digestByteCount` bytes.
    static func encodedBound(digestByteCount: Int, keys: [[UInt8]], arguments: [RedisArgument]) -> Int {
        var bound = RESPWriter.maxHeaderBytes + RESPWriter.bulkBound(7) + RESPWriter.bulkBound(digestByteCount)
        bound += RESPWriter.bulkBound(20) + RESPWriter.bound(arguments)
        for key in keys { bound += RESPWriter.bulkBound(key.count) }
        return bound
    }
}

extension ByteBuffer {
    /// - Returns: how many bytes were written.
    @discardableResult
    package mutating func writeCommand(_ command: RedisCommand, bound: Int) -> Int {
        writeWithUnsafeMutableBytes(minimumWritableBytes: bound) { memory in
            var writer = RESPWriter(memory)
            writer.writeHeader(UInt8(ascii: "*"), 1 + command.arguments.count)
            writer.writeBulk(command.name)
            writer.writeBulks(command.arguments)
            return writer.count
        }
    }

    /// `EVALSHA digest numkeys key… argument…`; returns how many bytes were written.
    @discardableResult
    mutating func writeScriptCall(
        digest: [UInt8],
        keys: [[UInt8]],
        arguments: [RedisArgument],
        bound: Int
    ) -> Int {
        writeWithUnsafeMutableBytes(minimumWritableBytes: bound) { memory in
            var writer = RESPWriter(memory)
            writer.writeHeader(UInt8(ascii: "*"), 3 + keys.count + arguments.count)
            writer.writeBulk("EVALSHA")
            writer.writeBulk(digest)
            writer.writeBulk(Int64(keys.count))
            for key in keys { writer.writeBulk(key) }
            writer.writeBulks(arguments)
            return writer.count
        }
    }
}

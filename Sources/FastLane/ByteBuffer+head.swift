import NIOCore
import NIOHTTP1

extension ByteBuffer {
    /// Writes the head of an HTTP/1.1 answer as NIO's encoder would, in one piece.
    mutating func write(_ head: HTTPResponseHead) {
        var length = HeadOutput(space: nil)
        length.put(head)
        writeWithUnsafeMutableBytes(minimumWritableBytes: length.count) { space in
            var output = HeadOutput(space: space)
            output.put(head)
            return output.count
        }
    }
}

/// Puts bytes one after the other, or only counts them: the space is measured by the same steps that fill it.
private struct HeadOutput {
    /// nil when only counting.
    let space: UnsafeMutableRawBufferPointer?
    var count = 0

    mutating func put(_ head: HTTPResponseHead) {
        put(literal: "HTTP/1.1 ")
        put(code: head.status.code)
        put(literal: " ")
        put(head.status.reasonPhrase)
        put(literal: "\r\n")
        for (name, value) in head.headers {
            put(name)
            put(literal: ": ")
            put(value)
            put(literal: "\r\n")
        }
        put(literal: "\r\n")
    }

    private mutating func put(literal text: StaticString) {
        put(UnsafeRawBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }

    private mutating func put(_ text: String) {
        let isDone: Void? = text.utf8.withContiguousStorageIfAvailable { put(UnsafeRawBufferPointer($0)) }
        if isDone == nil { Array(text.utf8).withUnsafeBytes { put($0) } }
    }

    /// Of three digits: every status has as many.
    private mutating func put(code: UInt) {
        put(digit: code / 100 % 10)
        put(digit: code / 10 % 10)
        put(digit: code % 10)
    }

    private mutating func put(digit: UInt) {
        space?[count] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: digit)
        count += 1
    }

    private mutating func put(_ bytes: UnsafeRawBufferPointer) {
        if let space { UnsafeMutableRawBufferPointer(rebasing: space[count...]).copyMemory(from: bytes) }
        count += bytes.count
    }
}

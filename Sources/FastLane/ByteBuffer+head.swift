import NIOCore
import NIOHTTP1

extension ByteBuffer {
    /// Writes the head of an HTTP/1.1 answer as NIO's encoder would, in one piece.
    mutating func write(_ head: HTTPResponseHead) {
        let reason = head.status.reasonPhrase
        // The line has 13 bytes beside the reason, each field 4 beside its name and value; then CR LF.
        var count = 15 + reason.utf8.count
        for (name, value) in head.headers { count += name.utf8.count + value.utf8.count + 4 }
        writeWithUnsafeMutableBytes(minimumWritableBytes: count) { space in
            var output = Output(space: space)
            output.put("HTTP/1.1 ")
            output.put(code: head.status.code)
            output.put(" ")
            output.put(reason)
            output.put("\r\n")
            for (name, value) in head.headers {
                output.put(name)
                output.put(": ")
                output.put(value)
                output.put("\r\n")
            }
            output.put("\r\n")
            return output.count
        }
    }

    private struct Output {
        let space: UnsafeMutableRawBufferPointer
        var count = 0

        mutating func put(_ text: StaticString) {
            put(UnsafeRawBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
        }

        mutating func put(_ text: String) {
            let isDone: Void? = text.utf8.withContiguousStorageIfAvailable { put(UnsafeRawBufferPointer($0)) }
            if isDone == nil { Array(text.utf8).withUnsafeBytes { put($0) } }
        }

        /// Of three digits: every status has as many.
        mutating func put(code: UInt) {
            put(digit: code / 100 % 10)
            put(digit: code / 10 % 10)
            put(digit: code % 10)
        }

        private mutating func put(digit: UInt) {
            space[count] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: digit)
            count += 1
        }

        private mutating func put(_ bytes: UnsafeRawBufferPointer) {
            UnsafeMutableRawBufferPointer(rebasing: space[count...]).copyMemory(from: bytes)
            count += bytes.count
        }
    }
}

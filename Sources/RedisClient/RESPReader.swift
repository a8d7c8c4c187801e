import CHiredis

/// Decodes a stream of RESP2 replies. hiredis finds the tokens (`redisReader`); the values are built by
/// `RESPReplyBuilder` in hiredis' callbacks, so there are no C reply objects. That also keeps hiredis 0.14's own
/// allocation of reply objects out of reach: it aborts the process when an array length announced by the server
/// cannot be allocated.
///
/// Owns the C reader; confined to whoever made it. After a throw it only throws.
package final class RESPReader {
    private let reader: UnsafeMutablePointer<redisReader>
    private let builder: RESPReplyBuilder
    private let maxReplyBytes: Int
    /// Bytes fed since the start of the reply being read.
    private var bytesInReply = 0

    /// Integers, statuses and errors are short lines; hiredis looks for the line's end from its start on each feed, so
    /// an endless line would cost quadratic time.
    private static let maxLineBytes = 64 * 1024
    /// `$` or `*`, a number, CR LF.
    private static let maxHeaderBytes = 32
    /// hiredis frees its buffer when it is empty and larger than this; its 16 KiB would make it do so on busy sockets.
    private static let maxIdleBufferBytes = 256 * 1024

    /// Written once, before the first reader, and only read by hiredis from then on; never freed.
    nonisolated(unsafe) private static let callbacks: UnsafeMutablePointer<redisReplyObjectFunctions> = {
        let callbacks = UnsafeMutablePointer<redisReplyObjectFunctions>.allocate(capacity: 1)
        callbacks.initialize(to: RESPReplyBuilder.callbacks)
        return callbacks
    }()

    package init(maxReplyBytes: Int = 64 * 1024 * 1024, maxReplyElements: Int = 1 << 20) throws(RedisClientError) {
        guard let reader = redisReaderCreateWithFunctions(Self.callbacks) else {
            throw RedisClientError(code: .connectFailed, message: "out of memory for a reply reader")
        }
        self.reader = reader
        self.maxReplyBytes = maxReplyBytes
        builder = RESPReplyBuilder(maxElements: maxReplyElements)
        reader.pointee.maxbuf = Self.maxIdleBufferBytes
        reader.pointee.privdata = Unmanaged.passUnretained(builder).toOpaque()
    }

    deinit {
        redisReaderFree(reader)
    }

    /// Takes the next bytes of the stream; hiredis copies them.
    package func feed(_ bytes: UnsafeRawBufferPointer) throws(RedisClientError) {
        guard let start = bytes.baseAddress, bytes.count > 0 else { return }
        guard redisReaderFeed(reader, start.assumingMemoryBound(to: CChar.self), bytes.count) == REDIS_OK else {
            throw violation()
        }
        bytesInReply += bytes.count
    }

    /// The next whole reply, or nil when more bytes are needed.
    package func next() throws(RedisClientError) -> RedisValue? {
        var object: UnsafeMutableRawPointer?
        guard redisReaderGetReply(reader, &object) == REDIS_OK else { throw violation() }
        let unreadBytes = reader.pointee.len - reader.pointee.pos
        guard object != nil, let value = builder.takeReply() else {
            try checkUnfinished(unreadBytes: unreadBytes)
            return nil
        }
        let replyBytes = bytesInReply - unreadBytes
        bytesInReply = unreadBytes
        guard replyBytes <= maxReplyBytes else { throw tooLarge() }
        return value
    }

    private func checkUnfinished(unreadBytes: Int) throws(RedisClientError) {
        guard bytesInReply <= maxReplyBytes else { throw tooLarge() }
        guard unreadBytes > Self.maxHeaderBytes, let buffer = reader.pointee.buf else { return }
        let index = Int(reader.pointee.ridx)
        let type: Int32? = withUnsafeBytes(of: &reader.pointee.rstack) { stack in
            let tasks = stack.bindMemory(to: redisReadTask.self)
            return tasks.indices.contains(index) ? tasks[index].type : nil
        }
        switch type {
        case REDIS_REPLY_INTEGER, REDIS_REPLY_STATUS, REDIS_REPLY_ERROR:
            guard unreadBytes <= Self.maxLineBytes else {
                throw RedisClientError(code: .protocolViolation, message: "a reply line is too long")
            }
        case REDIS_REPLY_STRING, REDIS_REPLY_ARRAY:
            let head = UnsafeRawBufferPointer(start: buffer + reader.pointee.pos, count: Self.maxHeaderBytes)
            guard head.contains(UInt8(ascii: "\n")) else {
                throw RedisClientError(code: .protocolViolation, message: "a reply's length is not a number")
            }
        default: break
        }
    }

    private func tooLarge() -> RedisClientError {
        RedisClientError(code: .protocolViolation, message: "a reply has more than \(maxReplyBytes) bytes")
    }

    private func violation() -> RedisClientError {
        if builder.elementLimitExceeded {
            return RedisClientError(
                code: .protocolViolation,
                message: "a reply has more than \(builder.maxElements) elements"
            )
        }
        let text = withUnsafeBytes(of: &reader.pointee.errstr) { bytes in
            String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
        }
        return RedisClientError(code: .protocolViolation, message: text)
    }
}

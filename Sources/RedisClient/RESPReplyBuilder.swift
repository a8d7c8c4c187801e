import CHiredis

/// Builds one `RedisValue` from the tokens hiredis reports, depth first. hiredis refuses more than 8 arrays in
/// one another, so the stack is short.
final class RESPReplyBuilder {
    private struct OpenArray {
        var values: [RedisValue]
        let count: Int
    }

    let maxElements: Int
    private(set) var elementLimitExceeded = false
    private var openArrays: [OpenArray] = []
    private var elements = 0
    private var reply: RedisValue?

    /// An announced length is only a promise: no more than this is reserved on its word.
    private static let maxReservedElements = 1024

    init(maxElements: Int) {
        self.maxElements = maxElements
    }

    func takeReply() -> RedisValue? {
        let finished = reply
        reply = nil
        elements = 0
        return finished
    }

    /// - Returns: false when the reply is beyond the limit.
    private func open(count: Int) -> Bool {
        guard count >= 0, count <= maxElements - elements else {
            elementLimitExceeded = true
            return false
        }
        elements += count
        guard count > 0 else {
            deliver(.array([]))
            return true
        }
        var values: [RedisValue] = []
        values.reserveCapacity(min(count, Self.maxReservedElements))
        openArrays.append(OpenArray(values: values, count: count))
        return true
    }

    private func deliver(_ value: RedisValue) {
        var value = value
        while let last = openArrays.indices.last {
            openArrays[last].values.append(value)
            guard openArrays[last].values.count == openArrays[last].count else { return }
            value = .array(openArrays.removeLast().values)
        }
        reply = value
    }

    // MARK: What hiredis calls

    /// hiredis wants a non-null object back and never looks into it; the builder itself serves, and freeing does
    /// nothing.
    static var callbacks: redisReplyObjectFunctions {
        redisReplyObjectFunctions(
            createString: { task, start, count in
                guard let task, let builder = RESPReplyBuilder.of(task) else { return nil }
                let bytes = Array(UnsafeRawBufferPointer(start: start, count: count))
                switch task.pointee.type {
                case REDIS_REPLY_ERROR: builder.deliver(.error(bytes))
                case REDIS_REPLY_STATUS: builder.deliver(.status(bytes))
                default: builder.deliver(.string(bytes))
                }
                return task.pointee.privdata
            },
            createArray: { task, count in
                guard let task, let builder = RESPReplyBuilder.of(task) else { return nil }
                return builder.open(count: Int(count)) ? task.pointee.privdata : nil
            },
            createInteger: { task, value in
                guard let task, let builder = RESPReplyBuilder.of(task) else { return nil }
                builder.deliver(.integer(value))
                return task.pointee.privdata
            },
            createNil: { task in
                guard let task, let builder = RESPReplyBuilder.of(task) else { return nil }
                builder.deliver(.null)
                return task.pointee.privdata
            },
            freeObject: { _ in }
        )
    }

    private static func of(_ task: UnsafePointer<redisReadTask>) -> RESPReplyBuilder? {
        guard let pointer = task.pointee.privdata else { return nil }
        return Unmanaged<RESPReplyBuilder>.fromOpaque(pointer).takeUnretainedValue()
    }
}

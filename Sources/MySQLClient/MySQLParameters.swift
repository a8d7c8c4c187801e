import CMariaDB
import Glibc

/// The bind structures of one prepared statement's parameters and the memory they point into. Confined to its
/// connection's thread.
final class MySQLParameters {
    private let binds: UnsafeMutableBufferPointer<MYSQL_BIND>
    private let lengths: UnsafeMutableBufferPointer<UInt>
    private var arena: UnsafeMutableRawBufferPointer

    /// Memory above this is given back after the statement that needed it.
    private static let keptArenaBytes = 1 << 20
    private static let alignment = 16

    init(count: Int) {
        binds = .allocate(capacity: count)
        binds.initialize(repeating: MYSQL_BIND())
        lengths = .allocate(capacity: count)
        lengths.initialize(repeating: 0)
        arena = .allocate(byteCount: 4096, alignment: Self.alignment)
    }

    deinit {
        binds.deallocate()
        lengths.deallocate()
        arena.deallocate()
    }

    var count: Int { binds.count }

    /// Fills the bind structures and hands them to the statement. What they point at stays as it is until the next
    /// call. False when the library refuses them.
    func bind(_ values: [MySQLValue], to statement: UnsafeMutablePointer<MYSQL_STMT>) throws(MySQLError) -> Bool {
        guard values.count == binds.count else {
            throw MySQLError(
                code: .misuse,
                message: "the statement takes \(binds.count) parameters, \(values.count) were given"
            )
        }
        guard !values.isEmpty else { return true }
        reserve(values.reduce(0) { $0 + Self.roomFor($1) })
        var offset = 0
        for (index, value) in values.enumerated() {
            try fill(index, value, at: offset)
            offset += Self.roomFor(value)
        }
        return mysql_stmt_bind_param(statement, binds.baseAddress) == 0
    }

    /// Gives back the memory of an unusually large statement.
    func shrink() {
        guard arena.count > Self.keptArenaBytes else { return }
        arena.deallocate()
        arena = .allocate(byteCount: 4096, alignment: Self.alignment)
    }

    private func reserve(_ byteCount: Int) {
        guard byteCount > arena.count else { return }
        arena.deallocate()
        arena = .allocate(byteCount: max(byteCount, 2 * arena.count), alignment: Self.alignment)
    }

    private static func roomFor(_ value: MySQLValue) -> Int {
        let size =
            switch value {
            case .null: 0
            case .int, .uint, .double: 8
            case .bytes(let bytes), .text(let bytes): bytes.count
            case .dateTime: MemoryLayout<MYSQL_TIME>.size
            }
        return (size + alignment - 1) & ~(alignment - 1)
    }

    private func fill(_ index: Int, _ value: MySQLValue, at offset: Int) throws(MySQLError) {
        // Never nil: the arena always has memory.
        let memory = arena.baseAddress.unsafelyUnwrapped + offset
        var bind = MYSQL_BIND()
        bind.buffer = memory
        switch value {
        case .null:
            bind.buffer_type = MYSQL_TYPE_NULL
        case .int(let number):
            bind.buffer_type = MYSQL_TYPE_LONGLONG
            memory.storeBytes(of: number, as: Int64.self)
        case .uint(let number):
            bind.buffer_type = MYSQL_TYPE_LONGLONG
            bind.is_unsigned = 1
            memory.storeBytes(of: number, as: UInt64.self)
        case .double(let number):
            bind.buffer_type = MYSQL_TYPE_DOUBLE
            memory.storeBytes(of: number, as: Double.self)
        case .bytes(let bytes):
            bind.buffer_type = MYSQL_TYPE_BLOB
            copy(bytes, to: memory, index, &bind)
        case .text(let bytes):
            bind.buffer_type = MYSQL_TYPE_STRING
            copy(bytes, to: memory, index, &bind)
        case .dateTime(let milliseconds):
            bind.buffer_type = MYSQL_TYPE_DATETIME
            bind.buffer_length = UInt(MemoryLayout<MYSQL_TIME>.size)
            memory.storeBytes(of: try Self.time(milliseconds), as: MYSQL_TIME.self)
        }
        binds[index] = bind
    }

    private func copy(_ bytes: [UInt8], to memory: UnsafeMutableRawPointer, _ index: Int, _ bind: inout MYSQL_BIND) {
        bytes.withUnsafeBytes { source in
            if let base = source.baseAddress { memory.copyMemory(from: base, byteCount: source.count) }
        }
        bind.buffer_length = UInt(bytes.count)
        lengths[index] = UInt(bytes.count)
        bind.length = lengths.baseAddress.map { $0 + index }
    }

    private static func time(_ milliseconds: Int64) throws(MySQLError) -> MYSQL_TIME {
        guard let parts = MySQLDateTime(milliseconds: milliseconds) else {
            throw MySQLError(code: .malformedValue, message: "\(milliseconds) ms lies outside the years 1 to 9999")
        }
        var time = MYSQL_TIME()
        time.year = UInt32(parts.year)
        time.month = UInt32(parts.month)
        time.day = UInt32(parts.day)
        time.hour = UInt32(parts.hour)
        time.minute = UInt32(parts.minute)
        time.second = UInt32(parts.second)
        time.second_part = UInt(parts.millisecond) * 1_000
        time.time_type = MYSQL_TIMESTAMP_DATETIME
        return time
    }
}

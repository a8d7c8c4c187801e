import Glibc

/// Reusable memory for what is normalised, with a limit that can be set lower than its capacity.
///
/// What does not fit is dropped and remembered in `overflowed`; the bytes that fit are always the leading ones.
struct ScratchBuffer: ~Copyable {
    private let base: UnsafeMutableRawPointer
    private let capacity: Int
    private var limit: Int
    private(set) var count = 0
    private(set) var overflowed = false

    init(capacity: Int) {
        base = .allocate(byteCount: capacity, alignment: 16)
        self.capacity = capacity
        limit = capacity
    }

    deinit { base.deallocate() }

    /// Nothing more fits.
    var isFull: Bool { count == limit }

    mutating func reset(limit newLimit: Int) {
        limit = min(newLimit, capacity)
        count = 0
        overflowed = false
    }

    mutating func truncate(to length: Int) {
        count = min(count, max(0, length))
        overflowed = false
    }

    @inline(__always)
    mutating func append(_ byte: UInt8) {
        guard count < limit else {
            overflowed = true
            return
        }
        base.storeBytes(of: byte, toByteOffset: count, as: UInt8.self)
        count += 1
    }

    mutating func append(_ bytes: ByteView) {
        let length = min(bytes.count, limit - count)
        memcpy(base + count, bytes.base, length)
        count += length
        if length < bytes.count { overflowed = true }
    }

    mutating func append(_ text: StaticString) {
        append(ByteView(text))
    }

    /// Valid until the next change.
    func view(_ range: Range<Int>) -> ByteView {
        ByteView(base: base, count: count)[range]
    }
}

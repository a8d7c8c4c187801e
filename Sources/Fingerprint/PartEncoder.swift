import Glibc

/// The sink behind every digest: writes the input of SHA-256 (``PartEncoding``) into memory that is used again and again.
///
/// The input is there as a whole before it is hashed: libcrypto is called once for it, since each call costs more than
/// hashing a short piece does, and the parts can be read out of it afterwards without a second walk.
struct PartEncoder: ~Copyable, PartSink {
    private static let firstCapacity = 4_096
    /// More than this is given back before the next error: 127 causes, and `{{ default }}` 32 times, come to 12 MB.
    private static let keptCapacity = 65_536

    private var base: UnsafeMutableRawPointer
    private var capacity = Self.firstCapacity
    private var count = 0
    private var headerCount = 0
    private var version: UInt8 = 0

    init() {
        base = .allocate(byteCount: capacity, alignment: 16)
    }

    deinit { base.deallocate() }

    /// All that was written. Valid until the next change.
    var bytes: ByteView { ByteView(base: base, count: count) }

    /// What was written after the header, when that is parts. Valid until the next change.
    var parts: FingerprintParts { FingerprintParts(version: version, encoded: bytes.dropFirst(headerCount)) }

    /// Begins anew; what was written before is forgotten.
    mutating func start(tag: StaticString, version: UInt8) {
        count = 0
        if capacity > Self.keptCapacity { shrink() }
        let length = tag.utf8CodeUnitCount
        reserve(length + 2)
        append(UInt8(truncatingIfNeeded: length))
        append(ByteView(tag))
        append(version)
        headerCount = count
        self.version = version
    }

    mutating func part(_ name: FingerprintPart.Name, _ bytes: ByteView) {
        reserve(PartEncoding.prefixBytes + bytes.count)
        append(name.rawValue)
        appendWithLength(bytes)
    }

    mutating func lengthPrefixed(_ bytes: ByteView) {
        reserve(PartEncoding.prefixBytes + bytes.count)
        appendWithLength(bytes)
    }

    // MARK: - Into memory that is reserved

    private mutating func append(_ byte: UInt8) {
        base.storeBytes(of: byte, toByteOffset: count, as: UInt8.self)
        count += 1
    }

    private mutating func appendWithLength(_ bytes: ByteView) {
        let length = UInt32(truncatingIfNeeded: bytes.count).bigEndian
        base.storeBytes(of: length, toByteOffset: count, as: UInt32.self)
        count += MemoryLayout<UInt32>.size
        append(bytes)
    }

    private mutating func append(_ bytes: ByteView) {
        memcpy(base + count, bytes.base, bytes.count)
        count += bytes.count
    }

    /// Grows to twice the size or more: the limits of what is hashed bound it, and that of most is kept for the next error.
    @inline(__always)
    private mutating func reserve(_ more: Int) {
        if more > capacity - count { grow(by: more) }
    }

    @inline(never)
    private mutating func shrink() {
        base.deallocate()
        capacity = Self.firstCapacity
        base = .allocate(byteCount: capacity, alignment: 16)
    }

    @inline(never)
    private mutating func grow(by more: Int) {
        let larger = max(2 * capacity, count + more)
        let memory = UnsafeMutableRawPointer.allocate(byteCount: larger, alignment: 16)
        memcpy(memory, base, count)
        base.deallocate()
        base = memory
        capacity = larger
    }
}

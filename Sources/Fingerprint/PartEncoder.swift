import Glibc

/// The sink behind every digest: writes the input of SHA-256 (``PartEncoding``) into memory that is used again and again.
///
/// The input is there as a whole before it is hashed: libcrypto is called once for it, since each call costs more than
/// hashing a short piece does, and the parts can be read out of it afterwards without a second walk.
struct PartEncoder: ~Copyable, PartSink {
    private var base: UnsafeMutableRawPointer
    private var capacity = 4096
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

    /// Grows to twice the size or more: the limits of what is hashed bound it, and it is kept for the next error.
    @inline(__always)
    private mutating func reserve(_ more: Int) {
        if more > capacity - count { grow(by: more) }
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

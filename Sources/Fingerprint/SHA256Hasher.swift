import CLibcrypto
import Glibc

/// SHA-256 by libcrypto: the one owner of an `EVP_MD_CTX`, used again and again.
///
/// libcrypto 3.0 allocates the state of SHA-256 (112 bytes) anew for each digest, whatever way a context is
/// restarted; nothing else allocates. Small pieces are gathered in a block first, since each call into libcrypto
/// costs more than hashing a short piece does.
struct SHA256Hasher: ~Copyable, PartSink {
    // An EVP_MD is reference counted and never changes after it was fetched (EVP_MD_fetch(3)); this one is never
    // freed. Written once, under the lock of Swift's lazy initialisation of globals. Fetching is slow, so it happens
    // once for the process.
    private nonisolated(unsafe) static let digest: OpaquePointer? = EVP_MD_fetch(nil, "SHA256", nil)
    private static let blockBytes = 4096

    private let digest: OpaquePointer
    private let context: OpaquePointer
    private let block: UnsafeMutableRawPointer
    private var gathered = 0

    init() throws(FingerprintError) {
        guard let digest = Self.digest else {
            throw FingerprintError(code: .digestUnavailable, message: "libcrypto does not offer SHA256")
        }
        guard let context = EVP_MD_CTX_new() else {
            throw FingerprintError(code: .contextUnavailable, message: "libcrypto could not allocate a digest context")
        }
        // The first start allocates the state that later ones reuse, so what can fail fails here.
        guard EVP_DigestInit_ex2(context, digest, nil) == 1 else {
            EVP_MD_CTX_free(context)
            throw FingerprintError(code: .contextUnavailable, message: "libcrypto could not start SHA256")
        }
        self.digest = digest
        self.context = context
        block = .allocate(byteCount: Self.blockBytes, alignment: 16)
    }

    deinit {
        EVP_MD_CTX_free(context)
        block.deallocate()
    }

    /// Begins a new digest; what an earlier one had gathered is forgotten.
    mutating func start() {
        gathered = 0
        Self.check(EVP_DigestInit_ex2(context, digest, nil))
    }

    mutating func finish() -> Fingerprint {
        flush()
        let context = context
        return Fingerprint(filling: { output in
            var length: UInt32 = 0
            Self.check(EVP_DigestFinal_ex(context, output.baseAddress?.assumingMemoryBound(to: UInt8.self), &length))
        })
    }

    mutating func header(tag: StaticString, version: UInt8) {
        append(UInt8(truncatingIfNeeded: tag.utf8CodeUnitCount))
        append(ByteView(tag))
        append(version)
    }

    mutating func part(_ name: FingerprintPart.Name, _ bytes: ByteView) {
        append(name.rawValue)
        lengthPrefixed(bytes)
    }

    mutating func rawMessage(_ bytes: ByteView) {
        append(bytes)
    }

    mutating func lengthPrefixed(_ bytes: ByteView) {
        let length = UInt32(truncatingIfNeeded: bytes.count).bigEndian
        withUnsafeBytes(of: length) { append(ByteView($0)) }
        append(bytes)
    }

    private mutating func append(_ byte: UInt8) {
        if gathered == Self.blockBytes { flush() }
        block.storeBytes(of: byte, toByteOffset: gathered, as: UInt8.self)
        gathered += 1
    }

    private mutating func append(_ bytes: ByteView) {
        if bytes.count > Self.blockBytes - gathered { flush() }
        if bytes.count > Self.blockBytes {
            Self.check(EVP_DigestUpdate(context, bytes.base, bytes.count))
        } else {
            memcpy(block + gathered, bytes.base, bytes.count)
            gathered += bytes.count
        }
    }

    private mutating func flush() {
        guard gathered > 0 else { return }
        Self.check(EVP_DigestUpdate(context, block, gathered))
        gathered = 0
    }

    // No input makes a started SHA-256 fail. If libcrypto says it did, its memory is damaged, and a wrong fingerprint
    // would be stored for ever: ending the process is the lesser evil.
    private static func check(_ status: Int32) {
        precondition(status == 1, "libcrypto failed in the middle of SHA256")
    }
}

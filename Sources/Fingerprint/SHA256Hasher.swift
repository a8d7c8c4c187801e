import CLibcrypto

/// SHA-256 by libcrypto: the one owner of an `EVP_MD_CTX`, used again and again.
///
/// libcrypto 3.0 allocates the state of SHA-256 (112 bytes) anew for each digest, whatever way a context is
/// restarted; nothing else allocates.
struct SHA256Hasher: ~Copyable {
    // An EVP_MD is reference counted and never changes after it was fetched (EVP_MD_fetch(3)); this one is never
    // freed. Written once, under the lock of Swift's lazy initialisation of globals. Fetching is slow, so it happens
    // once for the process.
    private nonisolated(unsafe) static let digest: OpaquePointer? = EVP_MD_fetch(nil, "SHA256", nil)

    private let digest: OpaquePointer
    private let context: OpaquePointer

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
    }

    deinit { EVP_MD_CTX_free(context) }

    func digest(of bytes: ByteView) -> Fingerprint {
        Self.check(EVP_DigestInit_ex2(context, digest, nil))
        Self.check(EVP_DigestUpdate(context, bytes.base, bytes.count))
        let context = context
        return Fingerprint(filling: { output in
            var length: UInt32 = 0
            Self.check(EVP_DigestFinal_ex(context, output.baseAddress?.assumingMemoryBound(to: UInt8.self), &length))
        })
    }

    // No input makes a started SHA-256 fail. If libcrypto says it did, its memory is damaged, and a wrong fingerprint
    // would be stored for ever: ending the process is the lesser evil.
    private static func check(_ status: Int32) {
        precondition(status == 1, "libcrypto failed in the middle of SHA256")
    }
}

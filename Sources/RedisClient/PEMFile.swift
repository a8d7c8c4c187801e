import Glibc

/// Reads a file of certificates or of a key that the Redis URL names.
struct PEMFile {
    /// The parameter of the URL that names it, for messages.
    let parameter: String
    let path: String

    /// Far above any bundle of certificates.
    private static let maxBytes = 4 * 1024 * 1024

    /// - Throws: `invalidURL`, naming the parameter, the file and the remedy.
    func read() throws(RedisClientError) -> [UInt8] {
        // Without O_NONBLOCK, opening a pipe would wait for somebody to write to it.
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { throw unusable(String(cString: strerror(errno))) }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            throw unusable("it is not a regular file")
        }
        guard status.st_size <= Self.maxBytes else { throw unusable("it has more than \(Self.maxBytes) bytes") }
        var content: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 16 * 1024)
        while content.count <= Self.maxBytes {
            let count = Glibc.read(descriptor, &chunk, chunk.count)
            if count < 0 && errno == EINTR { continue }
            guard count >= 0 else { throw unusable(String(cString: strerror(errno))) }
            if count == 0 { break }
            content.append(contentsOf: chunk[..<count])
        }
        return content
    }

    func unusable(_ reason: String) -> RedisClientError {
        RedisClientError(
            code: .invalidURL,
            message: "the file that \(parameter)= in the Redis URL names, \(path), cannot be used: \(reason); "
                + "name a readable PEM file, or leave out \(parameter)="
        )
    }
}

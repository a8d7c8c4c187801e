import Glibc

/// The few file operations the servers' directories need.
package enum FileTree {
    /// The whole file, or at most its last `limit` bytes; nil when it cannot be read.
    package static func read(_ path: String, lastBytes limit: Int = 1 << 20) -> [UInt8]? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var status = stat()
        if fstat(descriptor, &status) == 0, Int(status.st_size) > limit {
            lseek(descriptor, off_t(Int(status.st_size) - limit), SEEK_SET)
        }
        var content: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 4096)
        while content.count < limit {
            let count = Glibc.read(descriptor, &chunk, min(chunk.count, limit - content.count))
            if count < 0 && errno == EINTR { continue }
            guard count > 0 else { break }
            content.append(contentsOf: chunk[..<count])
        }
        return content
    }

    /// Replaces the file in one step: a reader sees the old content or the new, never a part.
    package static func write(_ text: String, to path: String) throws(EmbeddedServersError) {
        let temporary = path + ".new"
        let descriptor = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw unusable(temporary, "written") }
        let bytes = Array(text.utf8)
        var written = 0
        while written < bytes.count {
            let count = bytes[written...].withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0 && errno == EINTR { continue }
            guard count > 0 else {
                let error = unusable(temporary, "written")
                close(descriptor)
                throw error
            }
            written += count
        }
        close(descriptor)
        guard rename(temporary, path) == 0 else { throw unusable(path, "replaced") }
    }

    /// Makes the directory and those above it. The last one gets mode 0700 when it is made here.
    package static func makeDirectory(_ path: String) throws(EmbeddedServersError) {
        let bytes = Array(path.utf8)
        for index in bytes.indices where index > 0 && bytes[index] == UInt8(ascii: "/") {
            mkdir(String(decoding: bytes[..<index], as: UTF8.self), 0o755)
        }
        if mkdir(path, 0o700) == 0 { return }
        let error = unusable(path, "made")
        guard isDirectory(path) else { throw error }
    }

    /// Makes a directory nobody else may enter, whoever made it first.
    package static func makePrivateDirectory(_ path: String) throws(EmbeddedServersError) {
        try makeDirectory(path)
        guard chmod(path, 0o700) == 0 else { throw unusable(path, "made private") }
    }

    package static func isDirectory(_ path: String) -> Bool {
        var status = stat()
        return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
    }

    package static func exists(_ path: String) -> Bool {
        access(path, F_OK) == 0
    }

    /// The path without symbolic links and relative parts.
    package static func absolute(_ path: String) throws(EmbeddedServersError) -> String {
        guard let resolved = realpath(path, nil) else { throw unusable(path, "found") }
        defer { free(resolved) }
        return String(cString: resolved)
    }

    /// Names in a directory, without `.` and `..`; empty when it cannot be read.
    package static func names(in path: String) -> [String] {
        guard let directory = opendir(path) else { return [] }
        defer { closedir(directory) }
        var names: [String] = []
        while let entry = readdir(directory) {
            let name = withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
                String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
            }
            if name != "." && name != ".." { names.append(name) }
        }
        return names
    }

    /// Removes a directory and all below it; links are removed, not followed. What cannot be removed stays.
    package static func removeTree(_ path: String) {
        var status = stat()
        guard lstat(path, &status) == 0 else { return }
        guard status.st_mode & S_IFMT == S_IFDIR else {
            unlink(path)
            return
        }
        for name in names(in: path) { removeTree("\(path)/\(name)") }
        rmdir(path)
    }

    private static func unusable(_ path: String, _ what: String) -> EmbeddedServersError {
        let error = SystemError()
        return EmbeddedServersError(
            .directoryUnusable,
            "\(path) could not be \(what): \(error). Check its owner, its permissions and the free space, "
                + "or set DATA_DIR to another directory."
        )
    }
}

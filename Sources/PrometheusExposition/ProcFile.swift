import Glibc

/// Files and folders of the proc file system.
enum ProcFile {
    /// `/proc/stat` of a machine with hundreds of cores and thousands of interrupts stays well below this.
    static let maximumBytes = 1 << 20
    static let maximumEntries = 1_000_000

    /// The whole content, at most ``maximumBytes``; nil when it cannot be read.
    static func text(_ path: String) -> [UInt8]? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var text: [UInt8] = []
        while text.count < maximumBytes {
            var got = 0
            let chunk = [UInt8](unsafeUninitializedCapacity: 8_192) { buffer, count in
                got = read(descriptor, buffer.baseAddress, buffer.count)
                count = max(0, got)
            }
            if got < 0, errno == EINTR { continue }
            guard got >= 0 else { return nil }
            if got == 0 { break }
            text.append(contentsOf: chunk)
        }
        return text
    }

    /// Entries of a folder without `.`, `..` and the descriptor this call itself has open; nil when it cannot be read.
    static func entryCount(_ path: String) -> Int? {
        guard let folder = opendir(path) else { return nil }
        defer { closedir(folder) }
        var count = 0
        while count < maximumEntries, let entry = readdir(folder) {
            // The first character of a name: all but `.` and `..` are numbers here.
            if entry.pointee.d_name.0 != CChar(UInt8(ascii: ".")) { count += 1 }
        }
        return max(0, count - 1)
    }
}

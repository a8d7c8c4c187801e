#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// For the program that has started this one.
enum StandardOutput {
    /// There at once, also in a pipe. A line is far shorter than what a pipe takes in one piece (`PIPE_BUF`, 4,096).
    static func put(line: String) {
        "\(line)\n".utf8.withContiguousStorageIfAvailable { _ = write(STDOUT_FILENO, $0.baseAddress, $0.count) }
    }
}

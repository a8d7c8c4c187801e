import Glibc
import Synchronization

/// The one right to serve from a data directory: an exclusive `flock` on a file in it.
///
/// The descriptor is close-on-exec and no child gets it, so the right ends with this process, however it ends.
package final class DirectoryLock: Sendable {
    private let descriptor: Mutex<Int32>

    /// - Throws: `directoryInUse` naming the process that holds the lock; `directoryUnusable`.
    package init(directory: String) throws(EmbeddedServersError) {
        let path = directory + "/lock"
        let file = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard file >= 0 else {
            throw EmbeddedServersError(
                .directoryUnusable,
                "\(path) could not be opened: \(SystemError()). Check the owner and permissions of \(directory), "
                    + "or set DATA_DIR to another directory."
            )
        }
        guard flock(file, LOCK_EX | LOCK_NB) == 0 else {
            let error = SystemError()
            close(file)
            throw Self.refusal(error, path: path, directory: directory)
        }
        ftruncate(file, 0)
        let text = Array("\(getpid())\n".utf8)
        _ = pwrite(file, text, text.count, 0)
        descriptor = Mutex(file)
    }

    /// Gives the directory free; also done when the last reference goes.
    package func release() {
        descriptor.withLock { descriptor in
            if descriptor >= 0 { close(descriptor) }
            descriptor = -1
        }
    }

    deinit {
        release()
    }

    private static func refusal(_ error: SystemError, path: String, directory: String) -> EmbeddedServersError {
        guard error.number == EWOULDBLOCK else {
            return EmbeddedServersError(.directoryUnusable, "\(path) could not be locked: \(error)")
        }
        let digits = (FileTree.read(path) ?? []).prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
        let holder = digits.isEmpty ? "another process" : "process \(String(decoding: digits, as: UTF8.self))"
        let remedy = digits.isEmpty ? "Stop it" : "Stop it (kill \(String(decoding: digits, as: UTF8.self)))"
        return EmbeddedServersError(
            .directoryInUse,
            "the data directory \(directory) is in use by \(holder). \(remedy), or set DATA_DIR to another directory."
        )
    }
}

import Glibc

extension ServerProcess {
    /// POSIX_SPAWN_SETSID of <spawn.h>, hidden without _GNU_SOURCE; the same number in glibc and musl.
    private static let newSessionFlag: Int32 = 0x80
    /// Signals a Swift service may have blocked or ignored; a server expects them at their defaults.
    private static let resetSignals = [
        SIGHUP, SIGINT, SIGQUIT, SIGPIPE, SIGALRM, SIGTERM, SIGUSR1, SIGUSR2, SIGCHLD, SIGTTIN, SIGTTOU, SIGTSTP,
    ]

    static func spawn(_ command: ServerCommand) throws(EmbeddedServersError) -> pid_t {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        if let input = command.standardInput {
            posix_spawn_file_actions_adddup2(&actions, input, 0)
        } else {
            posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        }
        posix_spawn_file_actions_addopen(&actions, 1, command.logPath, O_WRONLY | O_CREAT | O_APPEND, 0o600)
        posix_spawn_file_actions_adddup2(&actions, 1, 2)
        for descriptor in 3..<descriptorsEnd() { posix_spawn_file_actions_addclose(&actions, descriptor) }

        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var signals = sigset_t()
        sigemptyset(&signals)
        posix_spawnattr_setsigmask(&attributes, &signals)
        for signal in resetSignals { sigaddset(&signals, signal) }
        posix_spawnattr_setsigdefault(&attributes, &signals)
        let flags = newSessionFlag | Int32(POSIX_SPAWN_SETSIGMASK) | Int32(POSIX_SPAWN_SETSIGDEF)
        posix_spawnattr_setflags(&attributes, Int16(flags))

        var processID = pid_t()
        let result = withCStrings([command.executable] + command.arguments) { arguments in
            withCStrings(command.environment) { environment in
                posix_spawn(&processID, command.executable, &actions, &attributes, arguments, environment)
            }
        }
        guard result == 0 else {
            throw EmbeddedServersError(
                .spawnFailed,
                "could not start \(command.executable) (output to \(command.logPath)): \(SystemError(result))"
            )
        }
        return processID
    }

    /// One past the last descriptor a child could inherit. Not every descriptor of the service is close-on-exec by its
    /// own making, and others may be opened while this runs: hence the margin. Closing one that is not open is no error
    /// below the limit of open files.
    private static func descriptorsEnd() -> Int32 {
        let highest = FileTree.names(in: "/proc/self/fd").compactMap { Int32($0) }.max() ?? 1023
        var limit = rlimit()
        guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return highest + 1 }
        return max(3, Int32(min(UInt64(highest) + 257, UInt64(limit.rlim_cur))))
    }

    /// Calls `body` with a NULL-terminated array of C strings, as exec wants it.
    private static func withCStrings<R>(
        _ strings: [String],
        _ body: (UnsafePointer<UnsafeMutablePointer<CChar>?>) -> R
    ) -> R {
        var pointers = strings.map { strdup($0) }
        defer { for pointer in pointers { free(pointer) } }
        pointers.append(nil)
        return pointers.withUnsafeBufferPointer { buffer in
            // Never empty: it ends with the NULL appended above.
            body(buffer.baseAddress.unsafelyUnwrapped)
        }
    }
}

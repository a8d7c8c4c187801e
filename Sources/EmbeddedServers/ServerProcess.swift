public import Glibc
import Synchronization

/// A child process in a session of its own.
///
/// The child's own session keeps the terminal's Ctrl-C away from it: it is stopped by its owner, in order. Nothing but
/// standard input, output and error is inherited. A thread waits for it, so no task is ever blocked, and its process id
/// is never signalled once it may belong to another process.
public final class ServerProcess: Sendable {
    /// Process id; also the id of its session and process group.
    public let processID: pid_t

    private let ended = OneShot<ProcessExit>()
    /// True once the child was reaped. Reaping and signalling both hold this lock.
    private let reaped = Mutex(false)

    /// Starts `command`.
    ///
    /// - Throws: `spawnFailed` when the program or the log file cannot be opened, or the limit of processes is reached.
    public init(_ command: ServerCommand) throws(EmbeddedServersError) {
        processID = try Self.spawn(command)
        reapOnThread()
    }

    /// How it ended; nil while it runs (or is stopped by a signal).
    public var exit: ProcessExit? { ended.value }

    public var isRunning: Bool { exit == nil }

    /// Sends a signal; does nothing once the process has ended.
    public func signal(_ number: Int32) {
        reaped.withLock { reaped in
            if !reaped { _ = kill(processID, number) }
        }
    }

    /// Sends a signal to the process and to all it started in its session.
    public func signalGroup(_ number: Int32) {
        reaped.withLock { reaped in
            if !reaped { _ = kill(-processID, number) }
        }
    }

    /// Waits until the process has ended, also when the waiting task is cancelled.
    @discardableResult
    public func waitForExit() async -> ProcessExit {
        await ended.waitThroughCancellation()
    }

    /// Waits until the process has ended; nil when the waiting task is cancelled first.
    public func exitOrCancellation() async -> ProcessExit? {
        await ended.wait()
    }

    /// Asks the process to end (SIGTERM) and ends it by SIGKILL when it has not done so within `limit`. Works in a
    /// cancelled task, and on a process stopped by SIGSTOP.
    @discardableResult
    public func stop(within limit: Duration) async -> ProcessExit {
        signal(SIGTERM)
        signal(SIGCONT)
        let killer = Task {
            try await Task.sleep(for: limit)
            self.signalGroup(SIGKILL)
        }
        defer { killer.cancel() }
        return await waitForExit()
    }

    private func reapOnThread() {
        // The thread keeps this object alive until the child has ended, so the child is always reaped.
        let context = Unmanaged.passRetained(self)
        var attributes = pthread_attr_t()
        pthread_attr_init(&attributes)
        defer { pthread_attr_destroy(&attributes) }
        pthread_attr_setdetachstate(&attributes, Int32(PTHREAD_CREATE_DETACHED))
        pthread_attr_setstacksize(&attributes, 128 * 1024)
        var thread = pthread_t()
        let result = pthread_create(
            &thread,
            &attributes,
            { context in
                guard let context else { return nil }
                Unmanaged<ServerProcess>.fromOpaque(context).takeRetainedValue().reap()
                return nil
            },
            context.toOpaque()
        )
        if result != 0 {
            // No thread left: end the child rather than lose sight of it.
            context.release()
            _ = kill(processID, SIGKILL)
            reap()
        }
    }

    private func reap() {
        // Look first without collecting, then collect under the lock: a signal can never hit a reused process id.
        var information = siginfo_t()
        while waitid(P_PID, id_t(processID), &information, WEXITED | WNOWAIT) != 0 {
            guard errno == EINTR else { break }
        }
        let exit = reaped.withLock { reaped -> ProcessExit in
            reaped = true
            var status: Int32 = 0
            while true {
                let answer = waitpid(processID, &status, 0)
                if answer == processID { return ProcessExit(waitStatus: status) }
                if answer < 0 && errno == EINTR { continue }
                return .unknown
            }
        }
        ended.set(exit)
    }
}

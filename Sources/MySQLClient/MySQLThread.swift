import CMariaDB
import Glibc
import Synchronization

/// One thread that runs one connection's jobs, one after the other: blocking calls never occupy the cooperative pool,
/// which has as many threads as the machine has cores.
///
/// The thread keeps this object alive until `stop()` was called and every job is done.
final class MySQLThread: SerialExecutor, @unchecked Sendable {
    // `jobs`, `isStopping` and `thread` are guarded by `mutex`; the two pointers never change after init.
    private let mutex: UnsafeMutablePointer<pthread_mutex_t>
    private let wakeUp: UnsafeMutablePointer<pthread_cond_t>
    private var jobs: [UnownedJob] = []
    private var isStopping = false
    private var thread: pthread_t?

    private static let started = Atomic<UInt64>(0)

    init() throws(MySQLError) {
        mutex = .allocate(capacity: 1)
        mutex.initialize(to: pthread_mutex_t())
        pthread_mutex_init(mutex, nil)
        wakeUp = .allocate(capacity: 1)
        wakeUp.initialize(to: pthread_cond_t())
        pthread_cond_init(wakeUp, nil)
        try start()
    }

    deinit {
        pthread_cond_destroy(wakeUp)
        wakeUp.deallocate()
        pthread_mutex_destroy(mutex)
        mutex.deallocate()
    }

    private func start() throws(MySQLError) {
        // Taken by the new thread; kept here only if there is none.
        let retained = Unmanaged.passRetained(self)
        var created = pthread_t()
        pthread_mutex_lock(mutex)
        let status = pthread_create(
            &created,
            nil,
            { context in
                guard let context else { return nil }
                Unmanaged<MySQLThread>.fromOpaque(context).takeRetainedValue().run()
                return nil
            },
            retained.toOpaque()
        )
        if status == 0 {
            thread = created
            pthread_detach(created)
        }
        pthread_mutex_unlock(mutex)
        guard status == 0 else {
            retained.release()
            throw MySQLError(
                code: .connectFailed, message: "no thread for a MySQL connection (pthread_create: \(status))")
        }
    }

    private func run() {
        let number = Self.started.wrappingAdd(1, ordering: .relaxed).newValue
        ei_name_thread("mysql-\(number)")
        mysql_thread_init()
        while let batch = waitForJobs() {
            for job in batch {
                job.runSynchronously(on: asUnownedSerialExecutor())
            }
        }
        mysql_thread_end()
    }

    /// nil when stopped and nothing is left to run.
    private func waitForJobs() -> [UnownedJob]? {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        while jobs.isEmpty, !isStopping {
            pthread_cond_wait(wakeUp, mutex)
        }
        guard !jobs.isEmpty else { return nil }
        let batch = jobs
        jobs = []
        return batch
    }

    /// Lets the thread end once its jobs are done.
    func stop() {
        pthread_mutex_lock(mutex)
        isStopping = true
        pthread_cond_signal(wakeUp)
        pthread_mutex_unlock(mutex)
    }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        pthread_mutex_lock(mutex)
        jobs.append(job)
        pthread_cond_signal(wakeUp)
        pthread_mutex_unlock(mutex)
    }

    var isCurrent: Bool {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        guard let thread else { return false }
        return pthread_equal(thread, pthread_self()) != 0
    }

    func checkIsolated() {
        precondition(isCurrent, "a MySQL connection was used away from its own thread")
    }

    func isIsolatingCurrentContext() -> Bool? {
        isCurrent
    }
}

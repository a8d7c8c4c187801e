extension MetricCatalogue {
    private static let quick: [Double] = [
        0.000_05, 0.000_1, 0.000_25, 0.000_5, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1,
    ]
    private static let slow: [Double] = [
        0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 900,
    ]

    /// The metrics of this service.
    public static let service: MetricCatalogue = [
        "http_request_duration_seconds": .init(
            help: "Time from the last byte of a request's head to the end of its answer, in seconds."
        ),
        "http_requests_total": .init(help: "Requests answered."),
        "http_requests_in_flight": .init(help: "Requests begun and not answered yet."),
        "redis_operation_duration_seconds": .init(
            help: "Time from sending a command or script to its reply, in seconds.",
            buckets: quick
        ),
        "mysql_operation_duration_seconds": .init(help: "Time spent in one database operation, in seconds."),
        "ingest_total": .init(help: "Reports taken in, by path and outcome."),
        "queue_depth": .init(help: "Records waiting in a queue."),
        "queue_bytes": .init(help: "Bytes of records waiting in a queue."),
        "queue_oldest_age_seconds": .init(help: "Age of the oldest record waiting in a queue, in seconds."),
        "event_ids_forgotten_total": .init(
            help: "How often half of the remembered event ids were forgotten before their time, for want of room."
        ),
        "queue_reclaimed_total": .init(help: "Jobs taken over from a worker whose lease ran out."),
        "worker_batch_size": .init(help: "Records in one batch of a worker."),
        "worker_batch_duration_seconds": .init(help: "Time to make one batch durable, in seconds."),
        "worker_retries_total": .init(help: "Batches put back or tried again, by class of error."),
        "dead_letters_total": .init(help: "Records buried, by reason."),
        "dead_letters": .init(help: "Dead letters waiting for the operator."),
        "sync_duration_seconds": .init(help: "Time of one pass over one shard's windows, in seconds.", buckets: slow),
        "sync_fingerprints": .init(help: "Fingerprints whose totals one pass of the sync wrote."),
        "sync_windows_total": .init(help: "Windows the sync has come to an end with, by outcome."),
        "sync_windows_waiting": .init(help: "Sealed windows waiting to be applied after the last pass, by shard."),
        "retention_deleted_total": .init(help: "Rows deleted because they had outlived their time, by table."),
        "retention_duration_seconds": .init(help: "Time of one pass of retention, in seconds.", buckets: slow),
        "retention_lag_seconds": .init(
            help: "By how much the oldest row outlived its time after the last pass, in seconds, by chore."
        ),
        "ingest_to_stored_seconds": .init(
            help: "Time from accepting a report to its row being durable, in seconds.",
            buckets: slow
        ),
        "event_loop_lag_seconds": .init(
            help: "How late a scheduled task ran on an event loop, in seconds.",
            buckets: quick
        ),
        "durability_degraded": .init(help: "1 when a store's settings do not assure durability, else 0."),
        "process_cpu_seconds_total": .init(help: "CPU time of the process, user and system, in seconds."),
        "process_resident_memory_bytes": .init(help: "Resident memory of the process, in bytes."),
        "process_virtual_memory_bytes": .init(help: "Virtual memory of the process, in bytes."),
        "process_open_fds": .init(help: "Open file descriptors."),
        "process_max_fds": .init(help: "Limit of open file descriptors."),
        "process_start_time_seconds": .init(help: "Start of the process, in Unix seconds."),
        "process_threads": .init(help: "Threads of the process."),
    ]
}

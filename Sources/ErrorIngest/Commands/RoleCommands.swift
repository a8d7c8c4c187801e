import ArgumentParser

struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract:
            "Run every role in one process (the default); with embedded Redis and MariaDB unless their URLs are set."
    )

    func run() async throws {
        try await ServiceProcess.run(.all, migrates: true)
    }
}

struct APICommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "api",
        abstract: "Accept reports and answer reads. Needs REDIS_URL and MYSQL_URL."
    )

    func run() async throws {
        try await ServiceProcess.run(.api, migrates: false)
    }
}

struct WorkerCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "worker",
        abstract: "Store what is queued in MySQL. Needs REDIS_URL and MYSQL_URL; health and metrics are on PORT."
    )

    func run() async throws {
        try await ServiceProcess.run(.worker, migrates: false)
    }
}

struct SyncCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sync",
        abstract: "Move counts from Redis to MySQL. Needs REDIS_URL and MYSQL_URL; health and metrics are on PORT."
    )

    func run() async throws {
        try await ServiceProcess.run(.sync, migrates: false)
    }
}

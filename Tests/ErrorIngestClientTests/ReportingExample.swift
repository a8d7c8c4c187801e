import ErrorIngestClient
import Logging
import ServiceLifecycle
import UnixSignals

/// Runs an application; what ends it, and what it logs at `.error` and above, is reported.
func runAndReport(_ application: some Service, to url: String, token: String?) async throws {
    var configuration = ErrorIngestClient.Configuration(url: url, token: token, service: "shop", release: "1.2.3")
    configuration.observer = { event in print("error reports: \(event)") }
    let client = try ErrorIngestClient(configuration: configuration)

    // For the loggers of the whole program: LoggingSystem.bootstrap(makeHandler)
    let makeHandler: @Sendable (String) -> any LogHandler = { label in
        MultiplexLogHandler([
            StreamLogHandler.standardError(label: label),
            ErrorIngestLogHandler(label: label, client: client),
        ])
    }
    let logger = Logger(label: "shop", factory: makeHandler)

    // The client comes first: services are stopped in reverse order, so it sends what the others leave. A graceful
    // shutdown, also after a failure, gives it the time to.
    let group = ServiceGroup(
        configuration: .init(
            services: [
                .init(service: client),
                .init(
                    service: Reported(application: application, logger: logger),
                    successTerminationBehavior: .gracefullyShutdownGroup,
                    failureTerminationBehavior: .gracefullyShutdownGroup
                ),
            ],
            gracefulShutdownSignals: [.sigterm, .sigint],
            logger: logger
        )
    )
    try await group.run()
}

/// Reports what ends an application while the client still runs.
struct Reported<Application: Service>: Service {
    let application: Application
    let logger: Logger

    func run() async throws {
        do {
            try await application.run()
        } catch {
            logger.critical("the application has failed", error: error)
            throw error
        }
    }
}

import ArgumentParser

/// What a container's health check runs: no shell, no curl, the same for every role.
struct HealthCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "health",
        abstract: "Ask a running service whether it can do its job, and end.",
        discussion: """
            Sends GET /health/ready to HOST and PORT of the configuration, or to --url. Ends with 0 when the answer is 200, and with 1 and the \
            reason when it is another one, or none within the limit.
            """
    )

    @Option(help: ArgumentHelp("Where to ask instead.", valueName: "http://host[:port][/path]"))
    var url: String?

    @Option(help: ArgumentHelp("Seconds to wait for the answer, 1 to 60.", valueName: "seconds"))
    var timeout = 3

    func validate() throws {
        guard (1...60).contains(timeout) else { throw ValidationError("--timeout must be from 1 to 60 seconds") }
        if let url, HealthProbe(url: url) == nil {
            throw ValidationError("--url must look like http://host[:port][/path]")
        }
    }

    func run() async throws {
        do {
            let probe = if let url, let there = HealthProbe(url: url) { there } else { try await ownProbe() }
            let answer = try await probe.ask(withinSeconds: timeout)
            guard answer.status == 200 else {
                throw StartupError(
                    problem: "\(probe) answered \(answer.status): \(answer.text)", remedy: "Look at the service's log")
            }
            print(answer.text)
        } catch {
            ServiceProcess.complain(error)
            throw ExitCode.failure
        }
    }

    private func ownProbe() async throws -> HealthProbe {
        let configuration = try await ServiceConfiguration.load()
        // Listening everywhere includes here.
        let host =
            switch configuration.host {
            case "0.0.0.0": "127.0.0.1"
            case "::": "::1"
            default: configuration.host
            }
        return HealthProbe(host: host, port: configuration.port)
    }
}

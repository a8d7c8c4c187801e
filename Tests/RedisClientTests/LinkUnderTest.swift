import Logging
import NIOConcurrencyHelpers
import NIOCore
import NIOPosix
import RedisClient
import Testing

/// Makes a link, runs `body` with it and shuts it down whatever happens.
func withLink<R>(
    to endpoint: RedisEndpoint,
    starting: Bool = true,
    configure: (inout RedisConfiguration) -> Void = { _ in },
    _ body: (RedisLink, RedisClient) async throws -> R
) async throws -> R {
    var configuration = RedisConfiguration(endpoint: endpoint)
    // Tests of time limits set their own; the others must not fail because the machine is busy.
    configuration.connectTimeout = .seconds(10)
    configuration.commandTimeout = .seconds(10)
    configuration.minReconnectDelay = .milliseconds(10)
    configuration.maxReconnectDelay = .milliseconds(50)
    configure(&configuration)
    var logger = Logger(label: "test")
    logger.logLevel = .critical
    let link = RedisLink(
        configuration: configuration,
        eventLoop: MultiThreadedEventLoopGroup.singleton.next(),
        logger: logger
    )
    if starting { link.start() }
    let result: R
    do {
        result = try await body(link, RedisClient(link: link))
    } catch {
        try await link.shutDown().get()
        throw error
    }
    try await link.shutDown().get()
    return result
}

/// What several commands of one loop turn came to, in the order they were given.
typealias Outcomes = [Result<RedisValue, RedisClientError>?]

/// Collects completions; one slot for each command.
final class Collector: Sendable {
    private let box: NIOLockedValueBox<Outcomes>

    init(_ count: Int) {
        box = NIOLockedValueBox(Array(repeating: nil, count: count))
    }

    var outcomes: Outcomes { box.withLockedValue { $0 } }
    var isComplete: Bool { box.withLockedValue { !$0.contains { $0 == nil } } }

    func slot(_ index: Int) -> (Result<RedisValue, RedisClientError>) -> Void {
        { result in
            self.box.withLockedValue { slots in
                // Each completion runs once.
                #expect(slots[index] == nil)
                slots[index] = result
            }
        }
    }
}

extension RedisLink {
    /// Sends all of them in one turn of the loop.
    func sendTogether(_ commands: [RedisCommand], timeout: TimeAmount? = nil) async throws -> Collector {
        let collector = Collector(commands.count)
        try await eventLoop.submit {
            for (index, command) in commands.enumerated() {
                self.send(command, timeout: timeout, completion: collector.slot(index))
            }
        }.get()
        return collector
    }
}

extension Result<RedisValue, RedisClientError>? {
    var code: RedisClientError.Code? {
        guard case .failure(let error) = self else { return nil }
        return error.code
    }

    var value: RedisValue? { try? self?.get() }
}

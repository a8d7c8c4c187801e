public import QueueCore

/// Drives a queue and ``QueueModel`` with the same random commands; a failure is cut down to few commands and names its
/// seed.
///
/// Where time is real, pass `skipsTime: false` and a lease longer than the run: then no lease runs out.
public struct QueueModelRun<Driver: QueueDriver>: Sendable {
    let seed: UInt64
    let commandCount: Int
    let skipsTime: Bool

    public init(seed: UInt64, commandCount: Int, skipsTime: Bool) {
        self.seed = seed
        self.commandCount = commandCount
        self.skipsTime = skipsTime
    }

    /// - Parameter makeFixture: a fresh, empty queue for each call.
    public func run(_ makeFixture: (QueueLimits) async throws -> QueueFixture<Driver>) async throws {
        var random = SeededRandom(seed: seed)
        var commands = (0..<commandCount).map { _ in QueueCommand.random(skipsTime: skipsTime, using: &random) }
        guard var failure = try await failure(of: commands, makeFixture) else { return }
        // Shrinks: leaves out ever smaller parts for as long as it still fails.
        var part = commands.count / 2
        while part > 0 {
            var start = 0
            while start < commands.count {
                var fewer = commands
                fewer.removeSubrange(start..<min(start + part, fewer.count))
                if let other = try await self.failure(of: fewer, makeFixture) {
                    commands = fewer
                    failure = other
                } else {
                    start += part
                }
            }
            part /= 2
        }
        throw ConformanceFailure(message: "seed \(seed): \(failure) after \(commands)", line: failure.line)
    }

    private func failure(
        of commands: [QueueCommand],
        _ makeFixture: (QueueLimits) async throws -> QueueFixture<Driver>
    ) async throws -> ConformanceFailure? {
        let fixture = try await makeFixture(QueueLimits(maxRecords: 40, maxBytes: 600))
        do {
            var players = try await QueueModelPlayers(
                fixture: fixture, limits: QueueLimits(maxRecords: 40, maxBytes: 600))
            for command in commands {
                try await players.play(command)
            }
            await fixture.tearDown()
            return nil
        } catch let failure as ConformanceFailure {
            await fixture.tearDown()
            return failure
        } catch {
            await fixture.tearDown()
            throw error
        }
    }
}

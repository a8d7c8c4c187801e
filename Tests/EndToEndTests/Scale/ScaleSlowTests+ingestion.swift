import EmbeddedServers
import TestServers
import Testing

extension HeavyTests.ScaleSlowTests {
    /// Pairs of rounds: many short ones, as what else the machine does changes from second to second.
    private static let rounds = 30
    /// One report in a hundred is of an error not seen before: far more than applications that know a million have.
    private static let reports = 20_000
    private static let newErrors = 200
    /// Taking reports may be this much slower.
    private static let tolerance = 0.1

    private struct Round {
        var acknowledged: Int
        var unknown: Int
        var reportsPerSecond: Double
        /// Until the queue is empty again.
        var errorsPerSecond: Double
        /// Microseconds for a report.
        var serviceTime: Double
        var mariadbTime: Double
    }

    /// The same load on both, in turn.
    func ingestion(_ full: Deployment, _ empty: Deployment, _ mariadb: TestMariaDB) async throws {
        let before = try await (Self.counted(full), Self.counted(empty))
        var rounds: (full: [Round], empty: [Round]) = ([], [])
        // The first one warms up. Always as many: a run that stopped as soon as it looked well would always look well.
        for number in 0...Self.rounds {
            for isFull in number % 2 == 0 ? [true, false] : [false, true] {
                let round = try await self.round(number, isFull ? full : empty, mariadb)
                if isFull { rounds.full.append(round) } else { rounds.empty.append(round) }
            }
        }
        for (deployment, before, rounds) in [(full, before.0, rounds.full), (empty, before.1, rounds.empty)] {
            try await deployment.stores.waitUntilQuiet(within: .seconds(90))
            let acknowledged = rounds.reduce(0) { $0 + $1.acknowledged }
            let unknown = rounds.reduce(0) { $0 + $1.unknown }
            let counted = try await Self.counted(deployment) - before
            #expect((acknowledged...acknowledged + unknown).contains(counted))
            // A server that writes its files may let a few requests wait for too long.
            #expect(acknowledged > rounds.count * Self.reports * 99 / 100)
        }
        rounds.full.removeFirst()
        rounds.empty.removeFirst()
        Self.report("a million errors", rounds.full)
        Self.report("an empty database", rounds.empty)
        let ratio = Self.ratio(rounds)
        print("reports taken with a million errors / with an empty database: \(ratio), of \(Self.ratios(rounds))")
        #expect(ratio > 1 - Self.tolerance)
    }

    /// Of neighbours in time: what else the machine does changes from minute to minute.
    private static func ratios(_ rounds: (full: [Round], empty: [Round])) -> [Double] {
        zip(rounds.full, rounds.empty).map { $0.reportsPerSecond / $1.reportsPerSecond }
    }

    private static func ratio(_ rounds: (full: [Round], empty: [Round])) -> Double {
        RequestTimes(ratios(rounds)).median
    }

    /// Occurrences in the database.
    private static func counted(_ deployment: Deployment) async throws -> Int {
        try await deployment.stores.number("SELECT CAST(COALESCE(SUM(`count`), 0) AS SIGNED) FROM errors")
    }

    private func round(_ number: Int, _ deployment: Deployment, _ mariadb: TestMariaDB) async throws -> Round {
        let letters = Array("ghijklmnopqrstuvwxyz")
        let name = "scale\(letters[number / letters.count])\(letters[number % letters.count])x"
        var plan = LoadPlan(ports: deployment.ports, kinds: try LoadKind.make(Self.newErrors, name: name))
        plan.requests = Self.reports
        let service = try deployment.front.processID
        let database = try #require(mariadb.processID)
        let before = (try CPUTime.milliseconds(of: service), try CPUTime.milliseconds(of: database))
        let start = ContinuousClock.now
        let log = try await LoadClient(plan).log()
        let taken = (ContinuousClock.now - start).milliseconds
        try await deployment.stores.waitUntilQueueIsEmpty()
        let stored = (ContinuousClock.now - start).milliseconds
        let acknowledged = log.count(.acknowledged)
        return Round(
            acknowledged: acknowledged, unknown: log.count(.unknown),
            reportsPerSecond: Double(acknowledged) / taken * 1_000,
            errorsPerSecond: Double(Self.newErrors) / stored * 1_000,
            serviceTime: (try CPUTime.milliseconds(of: service) - before.0) * 1_000 / Double(Self.reports),
            mariadbTime: (try CPUTime.milliseconds(of: database) - before.1) * 1_000 / Double(Self.reports)
        )
    }

    private static func median(_ rounds: [Round], _ value: (Round) -> Double) -> Double {
        RequestTimes(rounds.map(value)).median
    }

    private static func report(_ name: String, _ rounds: [Round]) {
        let values = [
            ("reports/s", median(rounds, \.reportsPerSecond)),
            ("new errors stored/s", median(rounds, \.errorsPerSecond)),
            ("µs of the service a report", median(rounds, \.serviceTime)),
            ("µs of MariaDB a report", median(rounds, \.mariadbTime)),
        ]
        print("\(name): " + values.map { "\($0.1.rounded()) \($0.0)" }.joined(separator: ", "))
    }
}

import EmbeddedServers
import TestServers
import Testing

extension HeavyTests.ScaleSlowTests {
    private static let rounds = 12
    /// One report in a hundred is of an error not seen before: far more than applications that know a million have.
    private static let reports = 40_000
    private static let newErrors = 400
    /// Taking reports may be this much slower.
    private static let tolerance = 0.1

    private struct Round {
        var reportsPerSecond: Double
        /// Until the queue is empty again.
        var errorsPerSecond: Double
        /// Microseconds for a report.
        var serviceTime: Double
        var mariadbTime: Double
    }

    /// The same load on both, in turn.
    func ingestion(_ full: Deployment, _ empty: Deployment, _ mariadb: TestMariaDB) async throws {
        var rounds: (full: [Round], empty: [Round]) = ([], [])
        // The first one warms up. Always as many: a run that stopped as soon as it looked well would always look well.
        for number in 0...Self.rounds {
            for isFull in number % 2 == 0 ? [true, false] : [false, true] {
                let round = try await self.round(number, isFull ? full : empty, mariadb)
                if number == 0 { continue }
                if isFull { rounds.full.append(round) } else { rounds.empty.append(round) }
            }
        }
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

    private func round(_ number: Int, _ deployment: Deployment, _ mariadb: TestMariaDB) async throws -> Round {
        try await deployment.stores.waitUntilQuiet()
        var kinds: [LoadKind] = []
        let letters = Array("abcdefghijklmnopqrstuvwxyz")
        for part in 0..<Self.newErrors / 400 {
            kinds += try LoadKind.make(400, name: "scale\(letters[number])\(letters[part])x")
        }
        var plan = LoadPlan(ports: deployment.ports, kinds: kinds)
        plan.requests = Self.reports
        let service = try deployment.front.processID
        let database = try #require(mariadb.processID)
        let before = (try CPUTime.milliseconds(of: service), try CPUTime.milliseconds(of: database))
        let start = ContinuousClock.now
        let log = try await LoadClient(plan).log()
        let taken = (ContinuousClock.now - start).milliseconds
        try await deployment.stores.waitUntilQueueIsEmpty()
        let stored = (ContinuousClock.now - start).milliseconds
        try await deployment.stores.waitUntilQuiet()
        #expect(log.count(.acknowledged) == Self.reports)
        return Round(
            reportsPerSecond: Double(Self.reports) / taken * 1_000,
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

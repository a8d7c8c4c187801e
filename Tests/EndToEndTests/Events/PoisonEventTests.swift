import EmbeddedServers
import MySQLClient
import TestServers
import Testing

/// One event among many that MySQL refuses: buried alone, looked at, and stored once after the mend.
@Suite struct PoisonEventTests {
    static let events = 500
    static let poison = 250
    static let site = "poisoned"

    @Test func poisonIsBuriedAloneAndStoredOnceAfterTheMend() async throws {
        let servers = try await Deployment.Servers.shared()
        let namespace = TestServers.freshNamespace()
        try await Deployment.run(.external, ["REDIS_NAMESPACE": namespace], servers: servers) { deployment in
            let stores = deployment.stores
            let service = try deployment.front
            let database = try #require(try await stores.sql("SELECT DATABASE()").first?.first?.string)
            let command = DeadLettersRun(
                environment: [
                    "REDIS_URL": servers.redis.url, "REDIS_NAMESPACE": namespace,
                    "MYSQL_URL": servers.mariadb.url(database: database),
                ])
            try await stores.sql("ALTER TABLE events ADD CONSTRAINT no_poison CHECK (event_type <> 'poison')")
            let answer = try await service.post("/events", Self.body)
            #expect(try answer.json["accepted"]?.int == Self.events)
            try await stores.waitUntilQueueIsEmpty(.events)
            #expect(try await stores.number("SELECT COUNT(*) FROM events") == Self.events - 1)
            try await checkStatistics(of: service, events: Self.events - 1)

            let letter = try await buried(command, service)
            try await replayBeforeTheMend(letter, command, deployment)
            try await stores.sql("ALTER TABLE events DROP CONSTRAINT no_poison")
            try await replayAfterTheMend(letter, command, deployment)
        }
    }

    /// Every event of a user and a path of its own; one of them is of the type that is refused.
    private static var body: String {
        (0..<events).map { number in
            """
            {"site_id":"\(site)","event_type":"\(number == poison ? "poison" : "page_view")","path":"/page/\(number)",\
            "user_id":"user-\(number)","event_id":"poison-\(number)","timestamp":"2026-02-03T04:05:06Z"}
            """
        }.joined(separator: "\n")
    }

    /// It is no view, but counts as an event and its user as one.
    private func checkStatistics(of service: ServiceUnderTest, events: Int) async throws {
        for target in ["/stats?site_id=\(Self.site)", "/stats?site_id=\(Self.site)&date=2026-02-03"] {
            let stats = try await service.get(target).json
            #expect(stats["total_views"]?.int == Self.events - 1)
            #expect(stats["unique_users"]?.int == events)
        }
        let series = try await service.get(
            "/stats/timeseries?site_id=\(Self.site)&interval=day&from=2026-02-03&to=2026-02-03")
        #expect(try series.json["steps"]?.elements?.map { $0["events"]?.int } == [events])
    }

    /// The letter as both the program and the service show it.
    private func buried(_ command: DeadLettersRun, _ service: ServiceUnderTest) async throws -> JSON {
        let (exit, listed) = try await command.json(["list", "--queue", "events"])
        #expect(exit == .exited(0))
        let letters = try #require(listed["letters"]?.elements)
        #expect(letters.count == 1)
        let letter = try #require(letters.first)
        #expect(letter["queue"]?.string == "events")
        #expect(letter["state"]?.string == "dead")
        #expect(letter["code"]?.int == 4025)
        #expect(letter["reason"]?.string == "refused by the store")
        #expect(letter["detail"]?.string?.contains("no_poison") == true)
        #expect(try await service.get("/admin/dead-letters?queue=events").json == listed)
        #expect(try await service.get("/admin/dead-letters?queue=errors").json["letters"]?.elements == [])

        let (shows, shown) = try await command.json(["show", Self.name(letter)])
        #expect(shows == .exited(0))
        #expect(shown["record"]?["site_id"]?.string == Self.site)
        #expect(shown["record"]?["event_id"]?.string == "poison-\(Self.poison)")
        #expect(shown["record"]?["event_type"]?.string == "poison")
        #expect(try await service.get("/admin/dead-letters/\(Self.name(letter))").json == shown)
        let text = try await command.text(["show", Self.name(letter)])
        #expect(text.contains("poison-\(Self.poison)") && text.contains("no_poison"), "\(text)")
        let pipelines = try await service.get("/pipelines").json["pipelines"]?.elements ?? []
        #expect(pipelines.first { $0["name"]?.string == "events" }?["deadLetters"]?.int == 1)
        return letter
    }

    /// It comes back dead, by either way, one attempt the more, and nothing goes round.
    private func replayBeforeTheMend(_ letter: JSON, _ command: DeadLettersRun, _ deployment: Deployment) async throws {
        let service = try deployment.front
        let attempts = try #require(letter["attempts"]?.int)
        let (exit, outcome) = try await command.json(["replay", Self.name(letter)])
        #expect(exit == .exited(1))
        #expect(outcome["queued"]?.int == 1)
        #expect(outcome["stored"]?.int == 0)
        #expect(outcome["refusedAgain"]?.int == 1)
        let answer = try await service.post("/admin/dead-letters/replay", #"{"queue":"events","waitSeconds":20}"#)
        #expect(answer.status == 200)
        #expect(try answer.json["refusedAgain"]?.int == 1)
        #expect(try answer.json["stored"]?.int == 0)
        // Nothing is left that could try it again.
        try await deployment.stores.waitUntilQueueIsEmpty(.events)
        let now = try await service.get("/admin/dead-letters/\(Self.name(letter))").json
        #expect(now["state"]?.string == "dead")
        #expect(now["attempts"]?.int == attempts + 2)
        #expect(try await deployment.stores.number("SELECT COUNT(*) FROM dead_letters") == 1)
        try await checkStatistics(of: service, events: Self.events - 1)
    }

    private func replayAfterTheMend(_ letter: JSON, _ command: DeadLettersRun, _ deployment: Deployment) async throws {
        let service = try deployment.front
        let (exit, outcome) = try await command.json(["replay", "--queue", "events"])
        #expect(exit == .exited(0))
        #expect(outcome["queued"]?.int == 1)
        #expect(outcome["stored"]?.int == 1)
        #expect(try await service.get("/admin/dead-letters/\(Self.name(letter))").json["state"]?.string == "replayed")
        // Once more by name: it is stored already.
        let body = #"{"letters":[{"queue":"events","key":"\#(letter["key"]?.string ?? "")"}]}"#
        let again = try await service.post("/admin/dead-letters/replay", body).json
        #expect(again["queued"]?.int == 0)
        #expect(again["alreadyReplayed"]?.int == 1)
        try await deployment.stores.waitUntilQueueIsEmpty(.events)
        let stores = deployment.stores
        #expect(try await stores.number("SELECT COUNT(*) FROM events WHERE event_type = 'poison'") == 1)
        #expect(try await stores.number("SELECT COUNT(*) FROM events") == Self.events)
        try await checkStatistics(of: service, events: Self.events)
        let list = try await command.text(["list", "--state", "dead"])
        #expect(list.contains("no dead letters"), "\(list)")
    }

    /// As lists show it, and as its route ends.
    private static func name(_ letter: JSON) -> String {
        "\(letter["queue"]?.string ?? "")/\(letter["key"]?.string ?? "")"
    }
}

/// Runs of `error-ingest dead-letters` beside a service.
struct DeadLettersRun {
    let environment: [String: String]

    func json(_ arguments: [String]) async throws -> (exit: ProcessExit, answer: JSON) {
        let program = try await run(arguments + ["--json"])
        return (program.exit, try JSON(Array(program.output.utf8)))
    }

    func text(_ arguments: [String]) async throws -> String {
        try await run(arguments).output
    }

    private func run(_ arguments: [String]) async throws -> (exit: ProcessExit, output: String) {
        let program = try ServiceUnderTest(["dead-letters"] + arguments, environment: environment)
        let exit = try await program.waitForExit(within: .seconds(60))
        return (exit, program.log)
    }
}

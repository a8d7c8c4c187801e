import EmbeddedServers
import TestServers
import Testing

extension HeavyTests {
    /// Secrets in reports are nowhere on disk: not in Redis' append-only files, not in MySQL's, not in a log.
    @Suite struct ScrubberTests {
        private static let control = "control-7f3a-not-a-secret"

        /// Sends the corpus in every field, spelling and way, waits until all of it is stored, stops everything, and searches what is
        /// on disk and in the log.
        private func traces(
            of needles: Set<String>, _ settings: [String: String]
        ) async throws -> (redis: Set<String>, mysql: Set<String>, log: Set<String>) {
            let servers = try await Deployment.Servers.own()
            let search = DiskSearch(needles.union([Self.control]))
            let log = try await Deployment.run(
                .external, settings.merging(["LOG_LEVEL": "debug"]) { $1 }, servers: servers
            ) { deployment in
                let service = try deployment.front
                for body in Self.bodies { try await service.report(body) }
                for batch in Self.batches {
                    let answer = try await service.post("/errors/batch", batch)
                    #expect(answer.status == 200)
                    #expect(try answer.json["rejected"]?.int == 0, "\(answer.text.prefix(2_000))")
                }
                // What is refused leaves nothing behind either.
                for sample in ScrubCorpusSample.all.prefix(20) {
                    let answer = try await service.post("/errors/log", "{\"message\":7,\"x\":\(sample.json)}")
                    #expect(answer.status == 400)
                }
                try await deployment.stores.waitUntilQuiet(within: .seconds(60))
                await deployment.stopAll()
                return service.log
            }
            await servers.redis.stop()
            await servers.mariadb.stop()
            let redis = search.found(inDirectory: servers.redis.directory)
            let mysql = search.found(inDirectory: servers.mariadb.directory)
            print("searched \(redis.bytes) bytes of Redis and \(mysql.bytes) of MySQL for \(needles.count) secrets")
            return (redis.texts, mysql.texts, search.found(in: Array(log.utf8)))
        }

        @Test func nothingSecretIsOnDisk() async throws {
            let needles = Set(ScrubCorpusSample.all.flatMap(\.needles))
            #expect(needles.count > 100)
            let traces = try await traces(of: needles, [:])
            #expect(traces.redis == [Self.control])
            #expect(traces.mysql == [Self.control])
            #expect(traces.log == [])
        }

        /// The same search finds every one of them when nothing is scrubbed: it does not look in the wrong place.
        @Test func withoutScrubbingTheSearchFindsThem() async throws {
            let needles = Set(ScrubCorpusSample.all.flatMap(\.needles))
            let traces = try await traces(of: needles, ["SCRUB": "off"])
            #expect(needles.subtracting(traces.redis) == [])
            #expect(needles.subtracting(traces.mysql) == [])
            #expect(traces.log == [])
        }

        // MARK: - Reports

        /// One report with every field, and one with the other spellings, for each text.
        private static let bodies: [String] = ScrubCorpusSample.all.enumerated().flatMap { number, sample in
            let text = sample.json
            return [
                """
                {"message":\(text),"type":\(text),"stackTrace":\(text),"level":\(text),"service":\(text),"environment":\(text),\
                "release":\(text),"project":\(text),"fingerprint":[\(text),"n\(number)"],"eventId":"scrub-\(number)",\
                "context":{"\(control)":[{"text":\(text)}]},"extra":\(text)}
                """,
                """
                {"message":"spellings \(number)","stack":\(text),"stacktrace":\(text),"stack_trace":\(text),"name":\(text),\
                "password":\(text),"context":{"nested":{"apiKey":[\(text)],"n":{"token":{"a":\(text)}}}}}
                """,
            ]
        }

        private static let batches: [String] = {
            let items = ScrubCorpusSample.all.enumerated().map { number, sample in
                "{\"message\":\(sample.json),\"type\":\"B\(number)\",\"stack\":\(sample.json),\"c\":{\"d\":\(sample.json)}}"
            }
            return ["[\(items.joined(separator: ","))]", items.joined(separator: "\n")]
        }()
    }

    /// `SCRUB`, `SCRUB_KEYS` and `SCRUB_KEEP_KEYS`, and the answer's `scrubbed`.
    @Suite struct ScrubConfigurationTests {
        @Test func keysAreTakenFromTheConfiguration() async throws {
            let settings = ["SCRUB_KEYS": "patient id, badge", "SCRUB_KEEP_KEYS": "csrf_token"]
            try await Deployment.run(.external, settings) { deployment in
                let service = try deployment.front
                let json = try await service.post(
                    "/errors/log",
                    #"{"message":"badge=17 csrf_token=abc","patientId":"p-1","csrfToken":"abc","token":"t-1","plain":1}"#
                ).json
                #expect(json["scrubbed"]?.strings == ["message", "context"])
                let found = try await eventuallyFound(json["fingerprint"]?.string ?? "", at: service)
                #expect(found["message"]?.string == "badge=[scrubbed] csrf_token=abc")
                #expect(found["context"]?["patientId"]?.string == "[scrubbed]")
                #expect(found["context"]?["csrfToken"]?.string == "abc")
                #expect(found["context"]?["token"]?.string == "[scrubbed]")
                #expect(found["context"]?["plain"]?.int == 1)
                let clean = try await service.post("/errors/log", #"{"message":"nothing to hide"}"#).json
                #expect(clean["scrubbed"] == nil)
            }
        }

        @Test(arguments: [
            ("SCRUB", "perhaps"), ("SCRUB_KEYS", "ok,--"), ("SCRUB_KEYS", String(repeating: "k", count: 65)),
            ("SCRUB_KEYS", (1...101).map { "key\($0)x" }.joined(separator: ",")), ("SCRUB_KEEP_KEYS", "12"),
        ])
        func badValueNamesItsKey(key: String, value: String) async throws {
            let service = try ServiceUnderTest(
                ["serve"],
                environment: [
                    "REDIS_URL": "redis://127.0.0.1:1", "MYSQL_URL": "mysql://root@127.0.0.1:1/x",
                    "STARTUP_TIMEOUT_SECONDS": "1", key: value,
                ])
            #expect(try await service.waitForExit(within: .seconds(20)) == .exited(1))
            #expect(service.log.contains(key), "\(service.log)")
        }
    }
}

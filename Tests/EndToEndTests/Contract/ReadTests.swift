import TestServers
import Testing

/// `GET /errors` and `GET /errors/{fingerprint}`.
@Suite struct ReadTests {
    private static func report(
        _ service: ServiceUnderTest, _ word: String, project: String, more: String = ""
    )
        async throws -> String
    {
        try await service.report(#"{"message":"read \#(word)","project":"\#(project)"\#(more)}"#)
    }

    @Test func detailsAreThoseReported() async throws {
        let service = try await ContractService.service()
        let fingerprint = try await service.report(
            #"""
            {"message":"cannot read properties of undefined","type":"TypeError","stackTrace":"TypeError: x\n    at f (a.js:1:2)",
             "level":"ERROR","service":"web","environment":"production","release":"1.2.3","project":"details",
             "timestamp":"\#(isoNow())","context":{"user":{"id":7}}}
            """#
        )
        let found = try await eventuallyFound(fingerprint, at: service)
        let expected: [(String, String)] = [
            ("fingerprint", fingerprint), ("message", "cannot read properties of undefined"), ("type", "TypeError"),
            ("level", "error"), ("service", "web"), ("environment", "production"), ("release", "1.2.3"),
            ("project", "details"), ("status", "unresolved"), ("stackTrace", "TypeError: x\n    at f (a.js:1:2)"),
        ]
        for (name, value) in expected { #expect(found[name]?.string == value, "\(name)") }
        #expect(found["count"]?.int == 1)
        #expect(found["context"]?["user"]?["id"]?.int == 7)
        #expect(found["grouping"]?["version"]?.int == 1)
        #expect(found["grouping"]?["parts"]?.elements?.isEmpty == false)
        #expect(found["firstSeenAt"]?.string == found["lastSeenAt"]?.string)
    }

    @Test func filtersSelect() async throws {
        let service = try await ContractService.service()
        let wanted = try await Self.report(
            service, "wanted", project: "filters",
            more: #","service":"api","level":"fatal","environment":"staging""#)
        let other = try await Self.report(service, "other", project: "filters", more: #","service":"worker""#)
        _ = try await eventuallyFound(wanted, at: service)
        _ = try await eventuallyFound(other, at: service)
        for filter in [
            "project=filters&service=api", "project=filters&level=fatal", "project=filters&environment=staging",
            "service=api&project=filters&status=unresolved&since=2020-01-01",
        ] {
            let page = try await service.get("/errors?\(filter)").json
            #expect(page["errors"]?.elements?.map { $0["fingerprint"]?.string } == [wanted], "\(filter)")
        }
        for filter in ["project=filters&status=resolved", "project=none-such", "project=filters&since=4102444800"] {
            let page = try await service.get("/errors?\(filter)").json
            #expect(page["errors"]?.elements?.isEmpty == true, "\(filter)")
        }
    }

    @Test(arguments: ["lastSeenAt", "firstSeenAt", "count"])
    func pagesGoThroughAll(sort: String) async throws {
        let service = try await ContractService.service()
        let project = "pages-\(sort)"
        var all: Set<String> = []
        for word in ["one", "two", "three", "four", "five"] {
            all.insert(try await Self.report(service, word, project: project))
        }
        for fingerprint in all { _ = try await eventuallyFound(fingerprint, at: service) }
        // A sync between two pages changes the stored counts, and with them who comes after the cursor.
        try await eventually(description: "a walk shows every error") {
            try await walk(service, project: project, sort: sort) == all
        }
    }

    /// All fingerprints of the project, from pages of two.
    private func walk(_ service: ServiceUnderTest, project: String, sort: String) async throws -> Set<String> {
        var seen: Set<String> = []
        var cursor: String?
        for _ in 0..<10 {
            let after = cursor.map { "&cursor=\($0)" } ?? ""
            let page = try await service.get("/errors?project=\(project)&sort=\(sort)&limit=2\(after)").json
            let found = page["errors"]?.elements ?? []
            #expect(found.count <= 2)
            for error in found { seen.insert(error["fingerprint"]?.string ?? "") }
            cursor = page["nextCursor"]?.string
            if cursor == nil { return seen }
        }
        throw TestServerError("pages without end")
    }

    @Test func countSortsDescending() async throws {
        let service = try await ContractService.service()
        for (word, times) in [("rare", 1), ("common", 5), ("usual", 3)] {
            for _ in 0..<times { _ = try await Self.report(service, word, project: "by-count") }
        }
        for word in ["rare", "common", "usual"] {
            let fingerprint = try await Self.report(service, word, project: "by-count")
            _ = try await eventuallyFound(fingerprint, at: service)
        }
        let page = try await service.get("/errors?project=by-count&sort=count").json
        #expect(page["errors"]?.elements?.map { $0["count"]?.int } == [6, 4, 2])
    }

    @Test(arguments: [
        ("limit=0", "limit"), ("limit=501", "limit"), ("limit=many", "limit"), ("sort=name", "sort"),
        ("status=open", "status"), ("since=yesterday", "since"), ("cursor=nonsense", "cursor"),
        ("colour=red", "colour"),
    ])
    func badParameter(query: String, field: String) async throws {
        let service = try await ContractService.service()
        let answer = try await service.get("/errors?\(query)")
        #expect(answer.status == 400)
        let error = try answer.json["error"]
        #expect(error?["code"]?.string == "invalid_query")
        #expect(error?["fields"]?[0]?["field"]?.string == field)
    }

    @Test func unknownAndMalformedFingerprints() async throws {
        let service = try await ContractService.service()
        let unknown = try await service.get("/errors/\(String(repeating: "0", count: 64))")
        #expect(unknown.status == 404)
        #expect(try unknown.json["error"]?["code"]?.string == "not_found")
        for text in ["abc", String(repeating: "g", count: 64), String(repeating: "0", count: 65)] {
            let malformed = try await service.get("/errors/\(text)")
            #expect(malformed.status == 400)
            #expect(try malformed.json["error"]?["fields"]?[0]?["field"]?.string == "fingerprint")
        }
    }
}

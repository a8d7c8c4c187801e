import TestServers
import Testing

/// `GET /errors?q=` and the lists of what filters can be set to.
@Suite struct SearchTests {
    @Test func wordsAreFound() async throws {
        let service = try await ContractService.service()
        let fingerprint = try await service.report(
            #"{"message":"Zahlung für Bestellung abgelehnt: connection reset","type":"GatewayError","project":"search"}"#
        )
        _ = try await eventuallyFound(fingerprint, at: service)
        for (search, isFound) in [
            ("zahlung", true), ("ZAHL", true), ("fur%20best", true), ("gateway%20reset", true), ("eway", false),
            ("%22connection%20reset%22", true), ("%22reset%20connection%22", false), ("reset+connection", true),
            ("zahlung%27%20OR%201%3D1%20--", false), ("%2Bzahlung%20-%25*", true),
        ] {
            for sort in ["lastSeenAt", "firstSeenAt", "count"] {
                let answer = try await service.get("/errors?project=search&sort=\(sort)&q=\(search)")
                try #require(answer.status == 200, "\(answer.text)")
                let found = try answer.json["errors"]?.elements?.compactMap { $0["fingerprint"]?.string }
                #expect(found == (isFound ? [fingerprint] : []), "\(search) by \(sort)")
            }
        }
    }

    @Test(arguments: [
        ("", "characters", 255), ("ab", "wordOfCharacters", 3), ("%22%20%22", "wordOfCharacters", 3),
        ("a+b+c+d+e+f+g+h+i+j+k+l+m+n+o+ppp+qqq", "words", 16),
    ])
    func aSearchThatBreaksARuleIsRefused(search: String, rule: String, limit: Int) async throws {
        let answer = try await ContractService.service().get("/errors?q=\(search)")
        #expect(answer.status == 400)
        let error = try answer.json["error"]
        #expect(error?["code"]?.string == "invalid_query")
        #expect(error?["fields"]?[0]?["field"]?.string == "q")
        #expect(error?["fields"]?[0]?["rule"]?.string == rule)
        #expect(error?["fields"]?[0]?["limit"]?.int == limit)
    }

    @Test func facetsAreListed() async throws {
        let service = try await ContractService.service()
        for number in 1...3 {
            let fingerprint = try await service.report(
                """
                {"message":"facet","type":"Facet\(["One", "Two", "Three"][number - 1])","project":"facets","service":"facet-\(number)",\
                "environment":"facet-env","release":"facet-\(number).0"}
                """)
            _ = try await eventuallyFound(fingerprint, at: service)
        }
        func values(_ target: String, _ list: String) async throws -> [String] {
            let answer = try await service.get(target)
            #expect(answer.status == 200)
            return try answer.json[list]?.strings ?? []
        }
        #expect(try await values("/projects?q=facet", "projects") == ["facets"])
        #expect(try await values("/services?project=facets", "services") == ["facet-1", "facet-2", "facet-3"])
        #expect(try await values("/services?q=facet-&limit=2", "services") == ["facet-1", "facet-2"])
        #expect(try await values("/services?q=facet-&limit=2&cursor=facet-2", "services") == ["facet-3"])
        #expect(try await values("/environments?project=facets", "environments") == ["facet-env"])
        #expect(try await values("/releases?project=facets", "releases") == ["facet-1.0", "facet-2.0", "facet-3.0"])
        #expect(try await values("/releases?project=none", "releases") == [])
        for target in ["/projects?project=x", "/services?sort=x", "/releases?limit=501", "/environments?limit=0"] {
            #expect(try await service.get(target).status == 400, "\(target)")
        }
    }
}

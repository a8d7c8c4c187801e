import TestServers
import Testing

/// `POST /errors/batch`.
@Suite struct BatchTests {
    @Test func arrayWithGoodAndBadItems() async throws {
        let service = try await ContractService.service()
        let answer = try await service.post(
            "/errors/batch",
            #"[{"message":"batch good"},{"message":7},{"message":"batch good"},{"message":"with id","eventId":"b-1"},{"message":"with id","eventId":"b-1"},null]"#
        )
        #expect(answer.status == 200)
        let json = try answer.json
        #expect(json["accepted"]?.int == 3)
        #expect(json["rejected"]?.int == 2)
        #expect(json["duplicate"]?.int == 1)
        #expect(json["refused"]?.int == 0)
        #expect(json["unknown"]?.int == 0)
        let states = json["results"]?.elements?.map { $0["status"]?.string }
        #expect(states == ["accepted", "rejected", "accepted", "accepted", "duplicate", "rejected"])
        #expect(json["results"]?[0]?["fingerprint"] == json["results"]?[2]?["fingerprint"])
        #expect(json["results"]?[1]?["error"]?["fields"]?[0]?["field"]?.string == "message")
        #expect(json["results"]?[3]?["eventId"]?.string == "b-1")
        let found = try await eventuallyFound(json["results"]?[0]?["fingerprint"]?.string ?? "", at: service)
        #expect(found["count"]?.int == 2)
    }

    @Test func linesWithGoodAndBadItems() async throws {
        let service = try await ContractService.service()
        let answer = try await service.post(
            "/errors/batch",
            "{\"message\":\"line one\"}\n\nnot JSON\r\n{\"message\":\"line four\"}",
            headers: [("content-type", "application/x-ndjson")]
        )
        #expect(answer.status == 200)
        let json = try answer.json
        #expect(json["accepted"]?.int == 2)
        #expect(json["rejected"]?.int == 1)
        #expect(json["results"]?.elements?.map { $0["status"]?.string } == ["accepted", "rejected", "accepted"])
    }

    @Test func thousandItemsAreTakenAndNoMore() async throws {
        let service = try await ContractService.service()
        let items = (0..<1_000).map { "{\"message\":\"item of a full batch \($0)\"}" }
        let full = try await service.post("/errors/batch", "[\(items.joined(separator: ","))]")
        #expect(full.status == 200)
        #expect(try full.json["accepted"]?.int == 1_000)
        let fingerprint = try full.json["results"]?[999]?["fingerprint"]?.string ?? ""
        #expect(try await eventuallyFound(fingerprint, at: service)["count"]?.int == 1_000)
        let over = try await service.post("/errors/batch", (items + items.prefix(1)).joined(separator: "\n"))
        #expect(over.status == 413)
        #expect(try over.json["error"]?["fields"]?[0]?["limit"]?.int == 1_000)
    }

    @Test(arguments: [("", 400), ("[]", 400), ("[{\"message\":\"cut off\"}", 400), ("[1,", 400)])
    func badBatch(body: String, status: Int) async throws {
        let service = try await ContractService.service()
        let answer = try await service.post("/errors/batch", body)
        #expect(answer.status == status)
        #expect(try answer.json["error"]?["code"]?.string != nil)
    }

    @Test func batchOfNothingGoodIsAnsweredItemByItem() async throws {
        let service = try await ContractService.service()
        let answer = try await service.post("/errors/batch", "[{},{}]")
        #expect(answer.status == 200)
        #expect(try answer.json["rejected"]?.int == 2)
        #expect(try answer.json["accepted"]?.int == 0)
    }
}

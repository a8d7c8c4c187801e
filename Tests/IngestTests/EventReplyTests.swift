import Fingerprint
import Ingest
import QueueCore
import Testing

/// The bodies of answers, byte for byte.
struct EventReplyTests {
    private func text(_ write: (inout [UInt8]) -> Void) -> String {
        var output: [UInt8] = []
        write(&output)
        return String(decoding: output, as: UTF8.self)
    }

    private func text(_ rejection: RequestRejection, _ style: EventReply.Style) -> String {
        text { EventReply.append(rejection, style: style, to: &$0) }
    }

    @Test func answersAnEvent() {
        #expect(text { EventReply.appendSingle(style: .plain, to: &$0) } == "{\"status\":\"ok\"}")
        #expect(
            text { EventReply.appendSingle(style: .envelope, to: &$0) }
                == "{\"success\":true,\"message\":\"Event received and queued for processing\"}")
        #expect(EventReply.singleStatusCode(.plain) == 200)
        #expect(EventReply.singleStatusCode(.envelope) == 202)
    }

    @Test func answersARejection() throws {
        let rejection = try #require(try eventRejection("{\"timestamp\":\"2023-11-14\",\"user_id\":7}"))
        #expect(
            text(rejection, .plain)
                == "{\"error\":{\"code\":\"invalid_event\",\"message\":\"site_id is required and must be a string\","
                + "\"fields\":[{\"field\":\"site_id\",\"rule\":\"required\"},{\"field\":\"event_type\",\"rule\":\"required\"},"
                + "{\"field\":\"user_id\",\"rule\":\"string\"}]}}")
        #expect(
            text(rejection, .envelope)
                == "{\"success\":false,\"error\":\"Validation failed\",\"details\":[\"site_id is required and must be a string\","
                + "\"event_type is required and must be a string\",\"user_id must be a string\"]}")
    }

    @Test func namesLimits() throws {
        let rejection = try #require(try eventRejection(event("\"path\":\"\(String(repeating: "/", count: 1025))\"")))
        #expect(
            text(rejection, .plain)
                == "{\"error\":{\"code\":\"invalid_event\",\"message\":\"path must be at most 1024 characters\","
                + "\"fields\":[{\"field\":\"path\",\"rule\":\"characters\",\"limit\":1024}]}}")
    }

    @Test(arguments: [413, 415, 503])
    func tellsOfTheServiceInAPhrase(_ statusCode: Int) {
        let rejection = RequestRejection(
            statusCode: statusCode, code: "c", message: "\"later\"",
            fields: [FieldProblem(field: "body", rule: "maxBytes", limit: 9)])
        #expect(text(rejection, .envelope) == "{\"success\":false,\"error\":\"\\\"later\\\"\",\"details\":[]}")
        #expect(text(rejection, .plain).hasPrefix("{\"error\":{\"code\":\"c\",\"message\":\"\\\"later\\\"\""))
    }

    @Test func answersABatch() throws {
        func identified(_ id: String) -> String { event("\"event_id\":\"\(id)\"") }
        let items = ["1", "1", "", "2", "3", "4", "4", "\\\"é\\n", "6"].map { $0.isEmpty ? "{}" : identified($0) }
        // An id may have no line end: that one is rejected as well.
        let admission = try admitEvents(items.joined(separator: "\n"))
        var outcomes = EventOutcomes(of: admission)
        #expect(outcomes.records == [.queued, .queued, .queued, .queued, .queued])
        outcomes.records = [.queued, .duplicate, .refused, .unknown, .unavailable]
        let rejected =
            "{\"status\":\"rejected\",\"error\":{\"code\":\"invalid_event\",\"message\":\"site_id is required and must be a string\","
            + "\"fields\":[{\"field\":\"site_id\",\"rule\":\"required\"},{\"field\":\"event_type\",\"rule\":\"required\"},"
            + "{\"field\":\"timestamp\",\"rule\":\"required\"}]}}"
        let broken =
            "{\"status\":\"rejected\",\"error\":{\"code\":\"invalid_event\",\"message\":\"event_id must be text without broken or control characters\","
            + "\"fields\":[{\"field\":\"event_id\",\"rule\":\"utf8\"}]}}"
        let expected =
            "{\"accepted\":1,\"duplicate\":2,\"rejected\":2,\"refused\":2,\"unknown\":2,\"results\":["
            + "{\"status\":\"accepted\",\"event_id\":\"1\"},{\"status\":\"duplicate\",\"event_id\":\"1\"},\(rejected),"
            + "{\"status\":\"duplicate\",\"event_id\":\"2\"},{\"status\":\"refused\",\"event_id\":\"3\"},"
            + "{\"status\":\"unknown\",\"event_id\":\"4\"},{\"status\":\"unknown\",\"event_id\":\"4\"},\(broken),"
            + "{\"status\":\"refused\",\"event_id\":\"6\"}]}"
        #expect(text { EventReply.appendBatch(admission, outcomes, to: &$0) } == expected)
    }

    @Test func escapesTheClientsEventID() throws {
        let admission = try admitEvents(event("\"event_id\":\"a\\\"\\\\é/\\u0020\""))
        let reply = text { EventReply.appendBatch(admission, EventOutcomes(of: admission), to: &$0) }
        #expect(reply.hasSuffix("\"results\":[{\"status\":\"accepted\",\"event_id\":\"a\\\"\\\\é/ \"}]}"))
    }

    @Test func takesTheStatusOfABatchFromItsOutcomes() throws {
        let admission = try admitEvents("\(event())\n\(event("\"event_id\":\"1\""))\n{}")
        func status(_ one: OfferOutcome, _ other: OfferOutcome) -> Int {
            var outcomes = EventOutcomes(of: admission, one)
            outcomes.records[1] = other
            return outcomes.batchStatusCode(for: admission)
        }
        #expect(status(.queued, .queued) == 200)
        #expect(status(.refused, .duplicate) == 200)
        #expect(status(.queued, .unknown) == 200)
        #expect(status(.refused, .unavailable) == 503)
        #expect(status(.unknown, .refused) == 503)
        let rejected = try admitEvents("{}")
        #expect(EventOutcomes(of: rejected).batchStatusCode(for: rejected) == 200)
    }
}

import Fingerprint
import Ingest
import Testing

/// The bodies of answers, byte for byte.
struct ErrorReplyTests {
    private func single(
        _ body: String,
        _ outcome: ItemOutcome = .accepted,
        style: ErrorReply.Style = .plain
    ) throws -> (text: String, fingerprint: String) {
        let admission = try admitSingle(Array(body.utf8))
        var output: [UInt8] = []
        let outcomes = ErrorOutcomes(of: admission, outcome)
        ErrorReply.appendSingle(admission, outcomes, style: style, at: receivedMilliseconds, to: &output)
        return (String(decoding: output, as: UTF8.self), admission.groups[0].fingerprint.hex)
    }

    private func text(_ rejection: RequestRejection, _ style: ErrorReply.Style) -> String {
        var output: [UInt8] = []
        ErrorReply.append(rejection, style: style, at: receivedMilliseconds, to: &output)
        return String(decoding: output, as: UTF8.self)
    }

    @Test func answersAReport() throws {
        let reply = try single("{\"message\":\"m\",\"eventId\":\"e-1\"}")
        #expect(reply.text == "{\"status\":\"queued\",\"fingerprint\":\"\(reply.fingerprint)\",\"eventId\":\"e-1\"}")
        #expect(reply.fingerprint.utf8.count == 64)
    }

    @Test func answersADuplicate() throws {
        let reply = try single("{\"message\":\"m\",\"eventId\":\"e\"}", .duplicate)
        #expect(reply.text == "{\"status\":\"duplicate\",\"fingerprint\":\"\(reply.fingerprint)\",\"eventId\":\"e\"}")
    }

    @Test func namesTheEventIDItMade() throws {
        let admission = try admitSingle(Array("{\"message\":\"m\"}".utf8))
        var output: [UInt8] = []
        ErrorReply.appendSingle(admission, ErrorOutcomes(of: admission), style: .plain, at: 0, to: &output)
        let record = try ErrorRecord(decoding: admission.groups[0].record)
        let id = String(decoding: try #require(record.texts[.eventId]), as: UTF8.self)
        #expect(String(decoding: output, as: UTF8.self).hasSuffix(",\"eventId\":\"\(id)\"}"))
    }

    @Test func namesWhatWasChanged() throws {
        let long = String(repeating: "x", count: 300)
        let body =
            "{\"message\":\"\\ud800\",\"type\":\"\(long)\",\"service\":\"\(long)\\u0000\",\"level\":\"\\u0000\",\"timestamp\":1,\"eventId\":\"e\"}"
        let reply = try single(body)
        #expect(
            reply.text == "{\"status\":\"queued\",\"fingerprint\":\"\(reply.fingerprint)\",\"eventId\":\"e\","
                + "\"truncated\":[\"type\",\"service\"],\"repaired\":[\"message\",\"level\"],\"adjusted\":[\"timestamp\"]}"
        )
    }

    @Test func escapesTheClientsEventID() throws {
        let reply = try single("{\"message\":\"m\",\"eventId\":\"a\\\"\\\\\\n\\té/\\u0020\"}")
        #expect(reply.text.hasSuffix(",\"eventId\":\"a\\\"\\\\\\n\\té/ \"}"))
    }

    @Test func wrapsItInTheEnvelope() throws {
        let reply = try single("{\"message\":\"m\",\"eventId\":\"e\",\"timestamp\":\"?\"}", style: .envelope)
        #expect(
            reply.text == "{\"success\":true,\"data\":{\"status\":\"queued\",\"fingerprint\":\"\(reply.fingerprint)\","
                + "\"eventId\":\"e\",\"adjusted\":[\"timestamp\"]},\"timestamp\":\"2023-11-14T22:13:20.000Z\"}"
        )
    }

    @Test func answersARejection() throws {
        let rejection = try #require(try rejection("{\"level\":5}"))
        #expect(
            text(rejection, .plain)
                == "{\"error\":{\"code\":\"invalid_report\",\"message\":\"message is required and must not be empty\","
                + "\"fields\":[{\"field\":\"message\",\"rule\":\"required\"},{\"field\":\"level\",\"rule\":\"string\"}]}}"
        )
        #expect(
            text(.tooManyItems, .plain)
                == "{\"error\":{\"code\":\"too_many_items\",\"message\":\"a batch holds at most 1000 reports\","
                + "\"fields\":[{\"field\":\"body\",\"rule\":\"maxItems\",\"limit\":1000}]}}"
        )
    }

    @Test func wrapsARejectionInTheEnvelope() {
        let rejection = RequestRejection(statusCode: 503, code: "queue_full", message: "\"later\"")
        #expect(
            text(rejection, .envelope)
                == "{\"success\":false,\"statusCode\":503,\"message\":\"\\\"later\\\"\",\"errors\":[],\"timestamp\":\"2023-11-14T22:13:20.000Z\"}"
        )
        #expect(
            text(.emptyBatch, .envelope)
                == "{\"success\":false,\"statusCode\":400,\"message\":\"the batch holds no report\","
                + "\"errors\":[{\"field\":\"body\",\"rule\":\"minItems\",\"limit\":1}],\"timestamp\":\"2023-11-14T22:13:20.000Z\"}"
        )
    }

    @Test func escapesWhatTheClientSentInARejection() throws {
        let rejection = try #require(try rejection("{\"<b>\u{7f}é\":1,\"<b>\u{7f}é\":1}"))
        #expect(text(rejection, .plain).contains("\"field\":\"<b>\u{7f}é\",\"rule\":\"uniqueKeys\""))
    }

    @Test func answersABatch() throws {
        let admission = try admitBatch(
            """
            {"message":"a","eventId":"1"}
            {"message":"a","eventId":"1"}
            {"message":""}
            {"message":"a","eventId":"2"}
            {"message":"b","eventId":"3"}
            {"message":"b","eventId":"4"}
            {"message":"b","eventId":"4"}
            {"message":"b","eventId":"5","type":"\(String(repeating: "t", count: 256))"}
            """
        )
        var outcomes = ErrorOutcomes(of: admission)
        outcomes.identified = [.accepted, .duplicate, .refused, .unknown, .accepted]
        var output: [UInt8] = []
        ErrorReply.appendBatch(admission, outcomes, to: &output)
        let a = admission.groups[0].fingerprint.hex
        let b = admission.groups[1].fingerprint.hex
        let c = admission.groups[2].fingerprint.hex
        let expected =
            "{\"accepted\":2,\"duplicate\":2,\"rejected\":1,\"refused\":1,\"unknown\":2,\"results\":["
            + "{\"status\":\"accepted\",\"fingerprint\":\"\(a)\",\"eventId\":\"1\"},"
            + "{\"status\":\"duplicate\",\"fingerprint\":\"\(a)\",\"eventId\":\"1\"},"
            + "{\"status\":\"rejected\",\"error\":{\"code\":\"invalid_report\",\"message\":\"message is required and must not be empty\","
            + "\"fields\":[{\"field\":\"message\",\"rule\":\"required\"}]}},"
            + "{\"status\":\"duplicate\",\"fingerprint\":\"\(a)\",\"eventId\":\"2\"},"
            + "{\"status\":\"refused\",\"fingerprint\":\"\(b)\",\"eventId\":\"3\"},"
            + "{\"status\":\"unknown\",\"fingerprint\":\"\(b)\",\"eventId\":\"4\"},"
            + "{\"status\":\"unknown\",\"fingerprint\":\"\(b)\",\"eventId\":\"4\"},"
            + "{\"status\":\"accepted\",\"fingerprint\":\"\(c)\",\"eventId\":\"5\",\"truncated\":[\"type\"]}]}"
        #expect(String(decoding: output, as: UTF8.self) == expected)
    }

    @Test func takesTheStatusOfABatchFromItsOutcomes() throws {
        let admission = try admitBatch("{\"message\":\"a\"}\n{\"message\":\"b\",\"eventId\":\"1\"}\n{}")
        func status(_ group: ItemOutcome, _ identified: ItemOutcome) -> Int {
            var outcomes = ErrorOutcomes(of: admission, group)
            outcomes.identified = [identified]
            return outcomes.batchStatusCode(for: admission)
        }
        #expect(status(.accepted, .accepted) == 200)
        #expect(status(.refused, .duplicate) == 200)
        #expect(status(.accepted, .unknown) == 200)
        #expect(status(.refused, .refused) == 503)
        #expect(status(.unknown, .refused) == 503)
        let rejected = try admitBatch("{}")
        #expect(ErrorOutcomes(of: rejected).batchStatusCode(for: rejected) == 200)
    }
}

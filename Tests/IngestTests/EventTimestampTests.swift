import Ingest
import Testing

struct EventTimestampTests {
    private static let form = "\"timestamp must be a valid ISO 8601 date string\""
    private static let range = "\"timestamp must be between 1970-01-01 and five minutes from now\""

    @Test(arguments: [
        ("1970-01-01T00:00:00.000Z", 0), ("1970-01-01", 0), ("1970-01-01T01:00:00+01:00", 0),
        ("1969-12-31T23:00:00-01:00", 0), ("2001-02-03T04:05:06.789Z", 981_173_106_789),
        ("2023-11-14T22:13:20", 1_700_000_000_000), ("2023-11-14T22:18:20.000Z", 1_700_000_300_000),
        ("2023-11-15T00:18:20+02:00", 1_700_000_300_000), ("2023-11-14T22:13:1\\u0039Z", 1_699_999_999_000),
    ])
    func takesATime(_ text: String, milliseconds: Int64) throws {
        #expect(try keptEvent(event("\"timestamp\":\"\(text)\"")).record.occurredMilliseconds == milliseconds)
    }

    @Test(arguments: [
        "1969-12-31T23:59:59.999Z", "1970-01-01T00:00:00+00:01", "0001-01-01", "2023-11-14T22:18:20.001Z",
        "2023-11-14T22:18:20.001-00:00", "2024-01-01", "9999-12-31T23:59:59Z",
    ])
    func refusesATimeOutOfRange(_ text: String) throws {
        let body = event("\"timestamp\":\"\(text)\"")
        #expect(try eventDetails(body) == Self.range)
        #expect(try eventRejection(body)?.fields == [FieldProblem(field: "timestamp", rule: "range")])
    }

    @Test(arguments: [
        "\"\"", "null", "7", "1700000000", "\"1700000000\"", "\"1700000000000\"", "\"yesterday\"", "\"2023-02-29\"",
        "\"2023-11-14T24:00\"", "true", "[]", "{}", "\" 2023-11-14\"", "\"2023-11-14T22:13:20Z\\u0000\"",
        "\"2023-11-14T22:13:20+25:00\"", "\"\\ud800\"",
    ])
    func wantsISO8601(_ value: String) throws {
        #expect(try eventDetails(event("\"timestamp\":\(value)")) == Self.form)
    }

    @Test func judgesTheFutureByTheTimeOfReceipt() throws {
        let body = event("\"timestamp\":\"2030-01-01T00:05:00Z\"")
        let midnight: Int64 = 1_893_456_000_000
        #expect(try keptEvent(body, at: midnight).record.occurredMilliseconds == midnight + 300_000)
        #expect(try eventDetails(body, at: midnight - 1) == Self.range)
    }
}

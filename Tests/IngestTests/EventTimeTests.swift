import Ingest
import QueueCore
import Testing

struct EventTimeTests {
    private func read(_ text: String) -> Int64? {
        Array(text.utf8).withUnsafeBytes { EventTime.milliseconds(text: $0) }
    }

    private func written(_ milliseconds: Int64) -> String {
        var output: [UInt8] = []
        EventTime.appendISO8601(milliseconds: milliseconds, to: &output)
        return String(decoding: output, as: UTF8.self)
    }

    @Test(arguments: [
        ("1970-01-01", 0), ("1970-01-01T00:00:00Z", 0), ("1969-12-31T23:59:59.999Z", -1),
        ("2000-02-29", 951_782_400_000), ("2023-11-14T22:13:20Z", 1_700_000_000_000),
        ("2023-11-14T22:13:20", 1_700_000_000_000), ("2023-11-14 22:13:20", 1_700_000_000_000),
        ("2023-11-14t22:13:20z", 1_700_000_000_000), ("2023-11-14T22:13", 1_699_999_980_000),
        ("2023-11-14T22:13Z", 1_699_999_980_000), ("2023-11-14T22:13:20.5Z", 1_700_000_000_500),
        ("2023-11-14T22:13:20,05Z", 1_700_000_000_050), ("2023-11-14T22:13:20.123456789Z", 1_700_000_000_123),
        ("2023-11-14T22:13:20.9999", 1_700_000_000_999), ("2023-11-15T00:13:20+02:00", 1_700_000_000_000),
        ("2023-11-15T00:13:20+0200", 1_700_000_000_000), ("2023-11-15T00:13:20+02", 1_700_000_000_000),
        ("2023-11-14T16:43:20.250-05:30", 1_700_000_000_250), ("2023-11-14T22:13:20-00:00", 1_700_000_000_000),
        ("2016-12-31T23:59:60Z", 1_483_228_800_000), ("9999-12-31T23:59:59.999Z", 253_402_300_799_999),
        ("0001-01-01", -62_135_596_800_000), ("1700000000", 1_700_000_000_000), ("1700000000000", 1_700_000_000_000),
        ("1700000000.25", 1_700_000_000_250), ("1700000000123.9", 1_700_000_000_123), ("-1", -1000), ("0", 0),
        ("99999999999", 99_999_999_999_000), ("100000000000", 100_000_000_000),
    ])
    func reads(_ text: String, milliseconds: Int64) {
        #expect(read(text) == milliseconds)
    }

    @Test(arguments: [
        "", " ", "yesterday", "2023", "2023-11", "2023-13-01", "2023-00-01", "2023-11-00", "2023-11-31", "2023-02-29",
        "1900-02-29", "0000-01-01", "2023-11-14T", "2023-11-14T22", "2023-11-14T24:00", "2023-11-14T22:60",
        "2023-11-14T22:13:61", "2023-11-14T22:13:20.", "2023-11-14T22:13:20.Z", "2023-11-14T22:13:20+",
        "2023-11-14T22:13:20+2", "2023-11-14T22:13:20+24:00", "2023-11-14T22:13:20+02:60", "2023-11-14T22:13:20Zx",
        "2023-11-14T22:13:20 Z", "2023-11-14X22:13:20", "2023/11/14", "20231114T221320Z", " 2023-11-14", "2023-11-14 ",
        "+2023-11-14", "1700000000x", "1700000000.", ".5", "-", "1e9", "99999999999999999999",
        "Tue, 14 Nov 2023 22:13:20 GMT",
    ])
    func doesNotRead(_ text: String) {
        // A number alone is a time, "2023" half an hour after 1970 began.
        #expect(read(text) == (text == "2023" ? 2_023_000 : nil))
    }

    @Test func writesAndReadsEveryDayAlike() {
        var generator = SeededRandom(seed: 7)
        var expectedDay = 0
        for day in -800_000..<80_000 where day % 97 == 0 {
            let milliseconds = Int64(day) * 86_400_000 + Int64.random(in: 0..<86_400_000, using: &generator)
            guard milliseconds >= -62_135_596_800_000 else { continue }
            #expect(read(written(milliseconds)) == milliseconds)
            expectedDay += 1
        }
        #expect(expectedDay > 5000)
        #expect(written(1_700_000_000_007) == "2023-11-14T22:13:20.007Z")
        #expect(written(-1) == "1969-12-31T23:59:59.999Z")
        #expect(written(951_868_799_999) == "2000-02-29T23:59:59.999Z")
    }

    @Test(arguments: [
        ("1700000000", 1_700_000_000_000 as Int64?), ("1700000000000", 1_700_000_000_000), ("1.7e9", 1_700_000_000_000),
        ("1.7E12", 1_700_000_000_000), ("1700000000.125", 1_700_000_000_125), ("1699999999999", 1_699_999_999_999),
        ("\"1699999999999\"", 1_699_999_999_999), ("\"2023-11-14T22:13:20.000+00:00\"", 1_700_000_000_000),
        ("\"2023-11-14T22:13:1\\u0039Z\"", 1_699_999_999_000), ("\"2023-11-14\"", 1_699_920_000_000),
        // The edges of what is believed.
        ("1700000300000", 1_700_000_300_000), ("1700000300001", nil), ("1697408000000", 1_697_408_000_000),
        ("1697407999999", nil),
        // What is no time, or not one to believe.
        ("0", nil), ("-1700000000", nil), ("1800000000", nil), ("\"\"", nil), ("\"soon\"", nil),
        ("\"2023-11-14T25:00Z\"", nil), ("1700000000000000", nil), ("\"99999999999999999999\"", nil),
        ("9223372036854775807", nil), ("1e18", nil), ("1e-9", nil),
    ])
    func decidesWhatToBelieve(_ timestamp: String, effective: Int64?) throws {
        let report = try kept("{\"message\":\"m\",\"timestamp\":\(timestamp)}")
        #expect(report.record.eventMilliseconds == effective ?? receivedMilliseconds)
        #expect(report.item.adjusted == (effective == nil ? ErrorFieldSet(.timestamp) : []))
        #expect(report.admission.groups[0].tally.firstMilliseconds == report.record.eventMilliseconds)
    }

    @Test(arguments: [
        "9223372036854775808", "-99999999999999999999", "1e19", "123456789012345678901234567890", "-1e300",
    ])
    func rejectsIntegersBeyond64Bits(_ timestamp: String) throws {
        #expect(
            try rejection("{\"message\":\"m\",\"timestamp\":\(timestamp)}")?.fields == [
                FieldProblem(field: "timestamp", rule: "range")
            ]
        )
    }
}

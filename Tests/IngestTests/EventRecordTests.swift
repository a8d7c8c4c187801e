import Fingerprint
import Ingest
import QueueCore
import Testing

struct EventRecordTests {
    /// A record with anything a record may hold.
    private func record(using generator: inout SeededRandom) throws -> EventRecord {
        func text(upTo count: Int) -> [UInt8] {
            let alphabet: [Character] = ["a", "Z", "0", " ", "/", "\"", "é", "€", "😀", "\u{FFFD}"]
            var text = ""
            for _ in 0..<Int.random(in: 1...count, using: &generator) {
                text.append(alphabet.randomElement(using: &generator) ?? "x")
            }
            return Array(text.utf8)
        }
        var texts: [EventField: [UInt8]] = [
            .siteID: text(upTo: 64), .eventType: text(upTo: 64), .eventID: text(upTo: 128),
        ]
        for (field, count) in [
            (EventField.path, 1024), (.userID, 128), (.sessionID, 128), (.url, 2048), (.referrer, 2048),
        ]
        where Bool.random(using: &generator) {
            texts[field] = text(upTo: count)
        }
        if Bool.random(using: &generator) {
            texts[.properties] = Array("{\"a\":\(Int.random(in: 0...9, using: &generator))}".utf8)
        }
        let key = (0..<16).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
        let times: ClosedRange<Int64> = 0...253_402_300_799_999
        let value = Double(bitPattern: .random(in: .min ... .max, using: &generator))
        return EventRecord(
            eventKey: try #require(Digest16(bytes: key)),
            occurredMilliseconds: .random(in: times, using: &generator),
            receivedMilliseconds: .random(in: times, using: &generator),
            texts: EventTexts(texts),
            value: Bool.random(using: &generator) && value.isFinite ? value : nil
        )
    }

    private func smallRecord() throws -> EventRecord {
        EventRecord(
            eventKey: try #require(Digest16(bytes: Array(0..<16))),
            occurredMilliseconds: 1,
            receivedMilliseconds: 2,
            texts: EventTexts([
                .siteID: Array("s".utf8), .eventType: Array("view".utf8), .eventID: Array("é".utf8),
            ]),
            value: 1
        )
    }

    private func code(decoding bytes: [UInt8]) -> RecordError.Code? {
        do throws(RecordError) {
            _ = try EventRecord(decoding: bytes)
            return nil
        } catch {
            return error.code
        }
    }

    @Test(arguments: 0..<200)
    func comesBackAsItWas(_ seed: UInt64) throws {
        var generator = SeededRandom(seed: seed)
        let record = try record(using: &generator)
        let encoded = record.encoded()
        let decoded = try EventRecord(decoding: encoded)
        #expect(decoded == record)
        #expect(decoded.encoded() == encoded)
    }

    @Test func hasTheLayoutOfVersion1() throws {
        let expected: [UInt8] =
            [1] + Array(0..<16) + [0, 0, 0, 0, 0, 0, 0, 1] + [0, 0, 0, 0, 0, 0, 0, 2] + [0x02, 0x83]
            + [0, 0, 0, 1] + Array("s".utf8) + [0, 0, 0, 4] + Array("view".utf8) + [0, 0, 0, 2, 0xC3, 0xA9]
            + [0x3F, 0xF0, 0, 0, 0, 0, 0, 0]
        #expect(try smallRecord().encoded() == expected)
    }

    @Test func tellsAnotherVersionFromRubbish() throws {
        var bytes = try smallRecord().encoded()
        bytes[0] = 2
        #expect(code(decoding: bytes) == .unknownVersion)
        bytes[0] = 0
        #expect(code(decoding: bytes) == .malformed)
        #expect(code(decoding: []) == .malformed)
    }

    @Test func isReadWholeOrNotAtAll() throws {
        let bytes = try smallRecord().encoded()
        #expect(code(decoding: bytes) == nil)
        for count in bytes.indices { #expect(code(decoding: Array(bytes[..<count])) == .malformed) }
        #expect(code(decoding: bytes + [0]) == .malformed)
    }

    @Test(arguments: [
        // The sign of both times, the bits, a count and its text, a sequence cut short, and a value that is none.
        (17, 0x80), (17, 0x01), (25, 0x80), (25, 0x01), (33, 0x06), (33, 0x00), (34, 0x82), (34, 0x03), (34, 0x81),
        (35, 0x7F), (38, 0x00), (38, 0x05), (39, 0xFF), (53, 0x41), (54, 0x7F),
    ])
    func refusesRubbish(_ offset: Int, byte: UInt8) throws {
        var bytes = try smallRecord().encoded()
        #expect(bytes[offset] != byte)
        bytes[offset] = byte
        #expect(code(decoding: bytes) == .malformed)
    }

    @Test func refusesTimesNoColumnHolds() throws {
        for (milliseconds, isKept) in [
            (Int64(0), true), (253_402_300_799_999, true), (253_402_300_800_000, false), (-1, false),
        ] {
            var record = try smallRecord()
            record.occurredMilliseconds = milliseconds
            #expect((code(decoding: record.encoded()) == nil) == isKept)
            record = try smallRecord()
            record.receivedMilliseconds = milliseconds
            #expect((code(decoding: record.encoded()) == nil) == isKept)
        }
    }

    @Test func refusesTextsOverTheirLimitOrEmpty() throws {
        let widths: [(EventField, Int)] = [
            (.siteID, 64), (.eventType, 64), (.path, 1024), (.userID, 128), (.sessionID, 128), (.url, 2048),
            (.referrer, 2048), (.eventID, 128),
        ]
        for (field, count) in widths {
            for character in ["a", "é", "😀"] {
                var record = try smallRecord()
                record.texts.set(String(repeating: character, count: count).utf8, for: field)
                #expect(code(decoding: record.encoded()) == nil)
                record.texts.set(String(repeating: character, count: count + 1).utf8, for: field)
                #expect(code(decoding: record.encoded()) == .malformed)
            }
            var record = try smallRecord()
            record.texts.set([], for: field)
            #expect(code(decoding: record.encoded()) == .malformed)
        }
        var record = try smallRecord()
        record.texts.set([UInt8](repeating: 0x61, count: 32_768), for: .properties)
        #expect(code(decoding: record.encoded()) == nil)
        record.texts.set([UInt8](repeating: 0x61, count: 32_769), for: .properties)
        #expect(code(decoding: record.encoded()) == .malformed)
    }

    @Test(arguments: [Double.nan, .infinity, -.infinity])
    func refusesWhatIsNoNumber(_ value: Double) throws {
        var record = try smallRecord()
        record.value = value
        #expect(code(decoding: record.encoded()) == .malformed)
    }

    @Test(arguments: 0..<300)
    func survivesAnyBytes(_ seed: UInt64) throws {
        var generator = SeededRandom(seed: seed)
        var bytes = try record(using: &generator).encoded()
        for _ in 0..<Int.random(in: 1...20, using: &generator) {
            // Half of them among the first bytes, where every one means something.
            let end = Bool.random(using: &generator) ? min(bytes.count, 48) : bytes.count
            bytes[Int.random(in: 0..<end, using: &generator)] = .random(in: .min ... .max, using: &generator)
        }
        if Bool.random(using: &generator) { bytes.removeLast(Int.random(in: 0...bytes.count, using: &generator)) }
        // Whatever is read can be written, and is the same.
        if let record = try? EventRecord(decoding: bytes) {
            #expect(record.encoded() == bytes)
            _ = (record.isView, record.receivedDay, StatsWidth.minute.slot(ofMilliseconds: record.occurredMilliseconds))
        }
    }

    @Test(arguments: 0..<100)
    func survivesNoise(_ seed: UInt64) {
        var generator = SeededRandom(seed: seed)
        for _ in 0..<50 {
            var bytes = (0..<Int.random(in: 0...120, using: &generator)).map { _ in
                UInt8.random(in: .min ... .max, using: &generator)
            }
            if !bytes.isEmpty { bytes[0] = 1 }
            if let record = try? EventRecord(decoding: bytes) { #expect(record.encoded() == bytes) }
        }
    }

    @Test(arguments: [
        ("page_view", true), ("view", true), ("page_views", false), ("VIEW", false), ("vie", false), ("views", false),
        ("click", false), ("review", false),
    ])
    func knowsAView(_ type: String, isView: Bool) throws {
        #expect(try keptEvent(event("\"event_type\":\"\(type)\"")).record.isView == isView)
    }

    @Test func isReceivedOnAUTCDay() throws {
        var record = try smallRecord()
        for (milliseconds, day) in [(Int64(0), 0), (86_399_999, 0), (86_400_000, 1), (receivedMilliseconds, 19_675)] {
            record.receivedMilliseconds = milliseconds
            #expect(record.receivedDay == day)
        }
    }

    @Test func countsUsersAndPathsByKeysOfTheirOwn() throws {
        let fingerprinter = try Fingerprinter()
        let one = try keptEvent(event("\"user_id\":\"x\"", "\"path\":\"x\"", "\"site_id\":\"1\"")).record
        let other = try keptEvent(event("\"user_id\":\"x\"", "\"path\":\"y\"", "\"site_id\":\"2\"")).record
        #expect(one.userKey(fingerprinter) == other.userKey(fingerprinter))
        #expect(one.pathKey(fingerprinter) != other.pathKey(fingerprinter))
        #expect(one.userKey(fingerprinter) != one.pathKey(fingerprinter))
        let neither = try keptEvent(event()).record
        #expect(neither.userKey(fingerprinter) == nil && neither.pathKey(fingerprinter) == nil)
        // Stored for good: never changes.
        #expect(
            one.userKey(fingerprinter)?.bytes
                == Array("x".utf8).withUnsafeBytes { fingerprinter.digest16(domain: "event-user", nil, $0) }.bytes)
        #expect(
            one.pathKey(fingerprinter)?.bytes
                == Array("x".utf8).withUnsafeBytes { fingerprinter.digest16(domain: "event-path", nil, $0) }.bytes)
    }
}

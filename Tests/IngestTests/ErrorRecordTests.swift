import Fingerprint
import Ingest
import QueueCore
import Testing

struct ErrorRecordTests {
    /// A record with anything a record may hold.
    private func record(using generator: inout SeededRandom) throws -> ErrorRecord {
        func text(upTo count: Int) -> [UInt8] {
            let alphabet: [Character] = ["a", "Z", "0", " ", "\n", "\"", "é", "€", "😀", "\u{FFFD}"]
            var text = ""
            for _ in 0..<Int.random(in: 1...count, using: &generator) {
                text.append(alphabet.randomElement(using: &generator) ?? "x")
            }
            return Array(text.utf8)
        }
        var texts: [ErrorField: [UInt8]] = [.message: text(upTo: 2000), .eventId: text(upTo: 60)]
        for field in [ErrorField.type, .level, .service, .environment, .release, .project]
        where Bool.random(using: &generator) {
            texts[field] = text(upTo: 255)
        }
        if Bool.random(using: &generator) { texts[.stackTrace] = text(upTo: 20_000) }
        if Bool.random(using: &generator) {
            texts[.context] = Array("{\"a\":\(Int.random(in: 0...9, using: &generator))}".utf8)
        }
        let bytes = (0..<32).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
        let parts = (0..<Int.random(in: 0...40, using: &generator)).map { _ in
            FingerprintPart(
                name: FingerprintPart.Name.allCases.randomElement(using: &generator) ?? .message,
                bytes: (0..<Int.random(in: 0...300, using: &generator)).map { _ in
                    .random(in: .min ... .max, using: &generator)
                }
            )
        }
        return ErrorRecord(
            fingerprint: try #require(Fingerprint(bytes: bytes)),
            grouping: ErrorGrouping(version: .random(in: .min ... .max, using: &generator), parts: parts),
            eventMilliseconds: .random(in: .min ... .max, using: &generator),
            receivedMilliseconds: .random(in: .min ... .max, using: &generator),
            texts: ErrorTexts(texts)
        )
    }

    private func smallRecord() throws -> ErrorRecord {
        ErrorRecord(
            fingerprint: try #require(Fingerprint(bytes: Array(0..<32))),
            grouping: ErrorGrouping(version: 1, parts: [FingerprintPart(name: .message, bytes: Array("m".utf8))]),
            eventMilliseconds: 1,
            receivedMilliseconds: 2,
            texts: ErrorTexts([.message: Array("boom".utf8), .eventId: Array("e".utf8), .release: Array("é".utf8)])
        )
    }

    private func code(decoding bytes: [UInt8]) -> RecordError.Code? {
        do throws(RecordError) {
            _ = try ErrorRecord(decoding: bytes)
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
        let decoded = try ErrorRecord(decoding: encoded)
        #expect(decoded == record)
        #expect(decoded.encoded() == encoded)
    }

    @Test func hasTheLayoutOfVersion1() throws {
        let expected: [UInt8] =
            [1] + Array(0..<32) + [0, 0, 0, 0, 0, 0, 0, 1] + [0, 0, 0, 0, 0, 0, 0, 2] + [0x01, 0x41]
            + [0, 0, 0, 4] + Array("boom".utf8) + [0, 0, 0, 2, 0xC3, 0xA9] + [0, 0, 0, 1] + Array("e".utf8)
            + [1, 1, 5, 0, 1] + Array("m".utf8)
        #expect(try smallRecord().encoded() == expected)
    }

    @Test func tellsAnotherVersionFromRubbish() throws {
        var bytes = try smallRecord().encoded()
        bytes[0] = 2
        #expect(code(decoding: bytes) == .unknownVersion)
        #expect(code(decoding: []) == .malformed)
        bytes = try smallRecord().encoded()
        let tag = bytes.count - 4
        #expect(bytes[tag] == FingerprintPart.Name.message.rawValue)
        bytes[tag] = 200
        #expect(code(decoding: bytes) == .unknownVersion)
    }

    @Test func isReadWholeOrNotAtAll() throws {
        let bytes = try smallRecord().encoded()
        #expect(code(decoding: bytes) == nil)
        for count in bytes.indices { #expect(code(decoding: Array(bytes[..<count])) == .malformed) }
        #expect(code(decoding: bytes + [0]) == .malformed)
    }

    @Test(arguments: [
        // The field bits, the length of the message, its first byte, and what comes of a bad one.
        (49, 0x05), (50, 0x40), (50, 0x01), (51, 0x7F), (54, 0xFF), (55, 0xFF), (63, 0x80),
    ])
    func refusesRubbish(_ offset: Int, byte: UInt8) throws {
        var bytes = try smallRecord().encoded()
        #expect(bytes[offset] != byte)
        bytes[offset] = byte
        #expect(code(decoding: bytes) == .malformed)
    }

    @Test func refusesTextsOverTheirLimit() throws {
        for (field, count) in [
            (ErrorField.message, 8192), (.stackTrace, 262_144), (.type, 1020), (.context, 65_536), (.eventId, 255),
        ] {
            var record = try smallRecord()
            record.texts.set([UInt8](repeating: 0x61, count: count), for: field)
            #expect(code(decoding: record.encoded()) == nil)
            record.texts.set([UInt8](repeating: 0x61, count: count + 1), for: field)
            #expect(code(decoding: record.encoded()) == .malformed)
        }
    }

    @Test(arguments: 0..<300)
    func survivesAnyBytes(_ seed: UInt64) throws {
        var generator = SeededRandom(seed: seed)
        var bytes = try record(using: &generator).encoded()
        for _ in 0..<Int.random(in: 1...20, using: &generator) {
            bytes[Int.random(in: bytes.indices, using: &generator)] = .random(in: .min ... .max, using: &generator)
        }
        if Bool.random(using: &generator) { bytes.removeLast(Int.random(in: 0...bytes.count, using: &generator)) }
        // Whatever is read can be written, and is the same.
        if let record = try? ErrorRecord(decoding: bytes) { #expect(record.encoded() == bytes) }
    }

    @Test func boundsTheGrouping() {
        let part = FingerprintPart(name: .custom, bytes: Array(String(repeating: "é", count: 3000).utf8))
        let grouping = ErrorGrouping(version: 1, parts: [part, part, part, part])
        #expect(grouping.parts.map(\.bytes.count) == [6000, 6000, 4384])
        #expect(String(validating: grouping.parts[2].bytes, as: UTF8.self) != nil)
        let many = [FingerprintPart](repeating: FingerprintPart(name: .file, bytes: [0x61]), count: 400)
        #expect(ErrorGrouping(version: 1, parts: many).parts.count == 255)
    }

    /// A cut part, one that fits to the byte, and empty ones behind it.
    @Test func keepsThePartsAsTheyWere() {
        let large = FingerprintPart(name: .custom, bytes: [UInt8](repeating: 0x61, count: ErrorLimits.groupingBytes))
        let small = FingerprintPart(name: .type, bytes: [0x62])
        let empty = FingerprintPart(name: .file, bytes: [])
        #expect(ErrorGrouping(version: 1, parts: [large, empty, small, empty]).parts == [large, empty])
        let cut = FingerprintPart(name: .custom, bytes: Array(large.bytes.dropFirst()))
        #expect(ErrorGrouping(version: 1, parts: [small, empty, large, empty]).parts == [small, empty, cut])
        #expect(ErrorGrouping(version: 1, parts: []).parts.isEmpty)
    }

    @Test func showsTheGroupingAsJSON() {
        let grouping = ErrorGrouping(
            version: 1,
            parts: [
                FingerprintPart(name: .type, bytes: Array("Type\"Error\\".utf8)),
                FingerprintPart(name: .message, bytes: Array("a\n\u{1}é".utf8) + [0xC3]),
            ]
        )
        let expected =
            "[{\"name\":\"type\",\"value\":\"Type\\\"Error\\\\\"},{\"name\":\"message\",\"value\":\"a\\n\\u0001é\u{FFFD}\"}]"
        #expect(String(decoding: grouping.partsJSON, as: UTF8.self) == expected)
        #expect(ErrorGrouping(version: 1, parts: []).partsJSON == Array("[]".utf8))
    }
}

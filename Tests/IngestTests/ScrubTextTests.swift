import Ingest
import QueueCore
import Testing

/// The scrubbed text; nil when the scrubber found nothing.
func scrubbed(_ text: [UInt8], with scrubber: Scrubber = .standard) -> [UInt8]? {
    var output: [UInt8] = Array("left over".utf8)
    return text.withUnsafeBytes { scrubber.scrub($0, into: &output) } == nil ? nil : output
}

func scrubbed(_ text: String, with scrubber: Scrubber = .standard) -> String {
    scrubbed(Array(text.utf8), with: scrubber).map { String(decoding: $0, as: UTF8.self) } ?? text
}

/// Texts, by the corpus and by chance.
struct ScrubTextTests {
    @Test func theCorpusIsThere() {
        #expect(ScrubCorpus.secrets.count > 120)
        #expect(ScrubCorpus.secrets.allSatisfy { !$0.secrets.isEmpty && $0.secrets.allSatisfy { !$0.isEmpty } })
        #expect(ScrubCorpus.clean.count > 100)
    }

    @Test(arguments: ScrubCorpus.secrets)
    func hidesSecretsAndNothingElse(_ sample: ScrubCorpus.Secret) {
        #expect(scrubbed(sample.text) == sample.scrubbed)
    }

    @Test(arguments: ScrubCorpus.clean)
    func leavesCleanTextAlone(_ text: String) {
        #expect(scrubbed(Array(text.utf8)) == nil, "\(scrubbed(text))")
    }

    @Test(arguments: ScrubCorpus.secrets)
    func scrubbingTwiceChangesNothing(_ sample: ScrubCorpus.Secret) {
        #expect(scrubbed(Array(sample.scrubbed.utf8)) == nil, "\(scrubbed(sample.scrubbed))")
    }

    /// Wherever it stands: at each distance from the start, so that no alignment of the quick pass misses it.
    @Test(arguments: ScrubCorpus.secrets.filter { !$0.text.contains("\n") && !$0.scrubbed.hasPrefix("Cookie") })
    func findsSecretsAtEveryOffset(_ sample: ScrubCorpus.Secret) {
        for padding in 0..<17 {
            let before = String(repeating: "x", count: padding) + "\n"
            #expect(scrubbed(before + sample.text + "\nafter") == before + sample.scrubbed + "\nafter")
        }
    }

    @Test(arguments: 0..<20)
    func mixturesOfBothComeOutAsTheirParts(_ seed: UInt64) {
        var generator = SeededRandom(seed: seed)
        for _ in 0..<20 {
            var text = ""
            var expected = ""
            for _ in 0..<Int.random(in: 1...12, using: &generator) {
                if Bool.random(using: &generator), let sample = ScrubCorpus.secrets.randomElement(using: &generator) {
                    // A key block that is cut goes on to the end.
                    guard !sample.text.hasPrefix("cut ") else { continue }
                    text += sample.text + "\n"
                    expected += sample.scrubbed + "\n"
                } else if let clean = ScrubCorpus.clean.randomElement(using: &generator) {
                    text += clean + "\n"
                    expected += clean + "\n"
                }
            }
            #expect(scrubbed(text) == expected)
        }
    }

    private static let fragments =
        ScrubCorpus.secrets.flatMap { [$0.text, String($0.text.prefix(12)), String($0.text.suffix(9))] }
        + [
            "=", ":", "\"", "'", "\\", " ", "\n", "[", "]", "{", "}", "(", ")", ",", ";", "&", "%3D", "--", "://", "@",
            "4",
        ]

    /// Whatever is put together: it ends, the result is UTF-8 when the text was, and scrubbing again changes nothing more.
    @Test(arguments: 0..<40)
    func survivesFragmentsInAnyOrder(_ seed: UInt64) {
        var generator = SeededRandom(seed: seed)
        for _ in 0..<100 {
            let count = Int.random(in: 0...12, using: &generator)
            let text = (0..<count).map { _ in Self.fragments.randomElement(using: &generator) ?? "" }.joined()
            let once = scrubbed(text)
            #expect(String(validating: Array(once.utf8), as: UTF8.self) != nil)
            #expect(scrubbed(once) == once, "\(text.debugDescription)")
        }
    }

    @Test(arguments: 0..<20)
    func survivesRandomBytes(_ seed: UInt64) {
        var generator = SeededRandom(seed: seed)
        for _ in 0..<100 {
            let count = Int.random(in: 0...64, using: &generator)
            let text = (0..<count).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
            if let once = scrubbed(text) { #expect(scrubbed(once) == nil) }
        }
    }

    // MARK: - Planted secrets

    private static let places: [@Sendable (String) -> String] = [
        { "password=\($0)" }, { "Password: \($0)" }, { "{\"db_password\":\"\($0)\",\"n\":1}" },
        { "https://x.test/?a=1&access_token=\($0)&b=2" }, { "https://user:\($0)@host/x" }, { "clientSecret='\($0)'" },
        { "Authorization: Basic \($0)\nHost: x" }, { "<apiKey>\($0)</apiKey>" }, { "--password \($0) --verbose" },
        { "[secret] => \($0)\n" }, { "{\\\"token\\\":\\\"\($0)\\\"}" }, { "Cookie: a=b; c=\($0)" },
    ]

    @Test(arguments: 0..<30)
    func hidesPlantedSecrets(_ seed: UInt64) {
        var generator = SeededRandom(seed: seed)
        let letters = Array("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-.")
        for _ in 0..<40 {
            let length = Int.random(in: 8...40, using: &generator)
            let secret = "q" + String((0..<length).map { _ in letters.randomElement(using: &generator) ?? "x" }) + "7"
            let place = Self.places.randomElement(using: &generator) ?? { $0 }
            let before = ScrubCorpus.clean.randomElement(using: &generator) ?? ""
            let after = ScrubCorpus.clean.randomElement(using: &generator) ?? ""
            let text = before + "\n" + place(secret) + "\n" + after
            #expect(!scrubbed(text).contains(secret), "\(text.debugDescription)")
        }
    }

    // MARK: - Limits

    /// A secret across the place where a text is cut must not leave its first half behind.
    @Test(arguments: 0..<40)
    func hidesWhatTheLimitWouldCut(_ offset: Int) {
        for sample in ScrubCorpus.secrets {
            let text = Array((String(repeating: "x ", count: 40) + sample.text).utf8)
            let limit = 80 + offset
            var output: [UInt8] = []
            guard text.withUnsafeBytes({ $0.count > limit && $0.count > 0 }) else { continue }
            let used = text.withUnsafeBytes { Scrubber.standard.scrub($0, maxBytes: limit, into: &output) }
            let whole = Array((String(repeating: "x ", count: 40) + sample.scrubbed).utf8)
            if used != nil {
                #expect(output.prefix(limit).elementsEqual(whole.prefix(limit)))
                #expect(output.count > limit || output == whole)
            } else {
                // What is secret begins behind the cut.
                #expect(text.prefix(limit).elementsEqual(whole.prefix(limit)))
            }
        }
    }
}

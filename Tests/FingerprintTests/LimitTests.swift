import Fingerprint
import Glibc
import Testing

/// Where input is cut, and that the work grows with the input and no faster.
@Suite struct LimitTests {
    @Test func leadingBytesOfEachPartAreRead() throws {
        let limit = FingerprintLimits.partBytes
        let text = String(repeating: "x", count: limit)
        #expect(try Report(project: text + "a").fingerprint() == Report(project: text + "b").fingerprint())
        #expect(try Report(type: text + "a").fingerprint() == Report(type: text).fingerprint())
        #expect(try Report(custom: [text + "a"]).fingerprint() == Report(custom: [text]).fingerprint())
        #expect(try Report(custom: [text]).fingerprint() != Report(custom: [String(text.dropLast())]).fingerprint())
    }

    @Test func theNormalisedMessageIsCut() throws {
        let limit = FingerprintLimits.normalisedMessageBytes
        let words = String(repeating: "word ", count: 2000)
        let message = try #require(try Report(message: words).explanation().parts.last)
        #expect(message.bytes == Array(words.utf8.prefix(limit)))
        // Numbers of different lengths before the cut do not move it.
        let short = "id 1: " + words
        let long = "id \(String(repeating: "7", count: 500)): " + words
        #expect(try Report(message: short).fingerprint() == Report(message: long).fingerprint())
    }

    @Test func atMostSoManyOfTheCallersPartsCount() throws {
        let parts = (0..<FingerprintLimits.customParts).map { "part \($0)" }
        #expect(try Report(custom: parts + ["more"]).fingerprint() == Report(custom: parts).fingerprint())
        #expect(try Report(custom: parts.dropLast()).fingerprint() != Report(custom: parts).fingerprint())
    }

    @Test func theInnermostFramesAreTaken() throws {
        let lines = (0..<200).map { "    at f\($0) (/app/m.js:\($0):1)" }
        let frames = try Report.frames(stack: lines.joined(separator: "\n"))
        #expect(frames.count == FingerprintLimits.frames)
        #expect(frames.first == "f0 m.js")
        let digits = (0..<200).map { "    at f\($0) (/app/m.js:\($0)0000:1\($0))" }
        #expect(try Report.frames(stack: digits.joined(separator: "\n")) == frames)
    }

    @Test func linesBeyondTheLimitAreNotRead() throws {
        let filler = String(repeating: "no frame here\n", count: FingerprintLimits.stackLines - 1)
        #expect(try Report.frames(stack: filler + "at f (/app/m.js:1:1)").count == 1)
        #expect(try Report.frames(stack: "one more\n" + filler + "at f (/app/m.js:1:1)").isEmpty)
    }

    @Test func framesStopWhenTheyFillTheirSpace() throws {
        let name = String(repeating: "n", count: 900)
        let lines = (0..<20).map { "    at \(name)\($0) (/app/m.js:1:1)" }
        let frames = try Report.frames(stack: lines.joined(separator: "\n"))
        #expect(frames.count == 9)
    }

    /// Texts made to provoke searches that fail again and again. Quadratic work would take 16 times as long for the
    /// same bytes in one text as in 16; the processor time of the thread is compared, taken in the same run.
    @Test(arguments: [
        "'a ", "\"", "`x ", "a.", "a@", "a.b@c ", "1-", "1:", "::", "a:", "ab:", "://", "a://", "0x", "<", "\u{201C}",
        "é", "1.1.1.",
        "Jan 1 ", "2024-01-", "Mon, ", "-1", "http://a/", "data:a/", "@", "e5", "\\\"", "aaaaaaaaaaaaaaaa1b2", "((((",
        "File \"",
        "at (", "at f (eval at f (", " line 1", " > ", "{{",
    ])
    func workIsLinear(_ piece: String) throws {
        let short = String(repeating: piece, count: 512 / piece.utf8.count)
        let long = String(repeating: piece, count: FingerprintLimits.partBytes / piece.utf8.count)
        let fingerprinter = try Fingerprinter()
        let shortReport = Report(message: short, stack: short)
        let longReport = Report(message: long, stack: long)
        var ratio = Double.infinity
        // The least of several runs: others use the processor, too.
        for _ in 0..<20 where ratio > 3 {
            let manyShort = shortReport.withInput { input in
                Self.threadNanoseconds { for _ in 0..<16 { _ = fingerprinter.fingerprint(input) } }
            }
            let oneLong = longReport.withInput { input in
                Self.threadNanoseconds { _ = fingerprinter.fingerprint(input) }
            }
            ratio = min(ratio, Double(oneLong) / Double(max(manyShort, 1)))
        }
        #expect(ratio < 6)
    }

    /// The same with names of functions, one long against many short ones of as many bytes. The lines differ, so that none
    /// is left out as a repetition.
    @Test(
        arguments: [
            ("#0 0x1 in ", "(", ") at a.c:1"), ("#0 0x1 in ", "<", " () at a.c:1"),
            ("#0 0x1 in ", "operator<", " () at a.c:1"),
            ("#0 0x1 in ", "{a", " () at a.c:1"), ("   at ", "<a", ".b()"), ("   at ", "<>c", ".b()"),
            ("   at ", "a[", ".b()"),
            ("0: ", "::<a", "::b"), ("0: ", "[a", "::b"), ("0 0x1 ", " in _a", " in b"), ("0 0x1 ", "merged ", " in b"),
            ("#0 /a.php(1): ", "{closure", "()"), ("#0 /a.php(1): ", "@anonymous", "()"),
            ("a.rb:1:in '", "block (", "'"),
            ("a.rb:1:in '", "___1", "'"), ("at ", "$$", ".b(A.java:1)"), ("at ", "$Proxy", ".b(A.java:1)"),
            ("f() called at ", " at ", " line 1"), ("f() called at ", " line ", " line 1"),
            ("#0 0x1 in ", "decltype(", ") at a.c:1"), ("#0 0x1 in ", "decltype (a) ", " () at a.c:1"),
            ("#0 0x1 in ", "(*a", ") at a.c:1"), ("#0 0x1 in ", " (a::*", " a.c:1"), ("#0 ", "(a+0x", ") (a+0x1)"),
            ("   at ", "<<a>d.MoveNext", ".b()"), ("   at ", "<", ">d.MoveNext.b()"), ("   at ", "_Lambda$__", ".b()"),
            ("   at ", "VB$StateMachine_1_", ".b()"), ("at a.", "$", "(A.java:1)"),
            ("at a.", "$r8$lambda$", "(A.java:1)"),
            ("at ", "fn__1", ".b(A.java:1)"), ("0: a", "closure$0", "::b"), ("0 a 0x1 ", "-[", " + 1"),
            ("0 a 0x1 ", "_block_invoke", " + 1"), ("0 ", " 0x1 ", " + 1"), ("a.rb:1:in '", "__1_1", "'"),
            ("a (1) ", "a (1) ", "a.rb:1:in 'f'"), ("f", "__ANON__[", "() called at a.pl line 1"),
        ] as [(String, String, String)])
    func namesAreReadInLinearTime(_ start: String, _ piece: String, _ end: String) throws {
        func lines(_ count: Int, bytes: Int) -> String {
            (0..<count).map { line in
                start + "q\(line)" + String(repeating: piece, count: bytes / piece.utf8.count) + end
            }.joined(separator: "\n")
        }
        let fingerprinter = try Fingerprinter()
        let many = Report(stack: lines(32, bytes: 56))
        let few = Report(stack: lines(2, bytes: 896))
        var ratio = Double.infinity
        for _ in 0..<40 where ratio > 2 {
            let short = many.withInput { input in Self.threadNanoseconds { _ = fingerprinter.fingerprint(input) } }
            let long = few.withInput { input in Self.threadNanoseconds { _ = fingerprinter.fingerprint(input) } }
            ratio = min(ratio, Double(long) / Double(max(short, 1)))
        }
        // Quadratic work would take 16 times as long.
        #expect(ratio < 4)
    }

    private static func threadNanoseconds(_ body: () -> Void) -> Int {
        var start = timespec()
        var end = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &start)
        body()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &end)
        return (end.tv_sec - start.tv_sec) * 1_000_000_000 + end.tv_nsec - start.tv_nsec
    }
}

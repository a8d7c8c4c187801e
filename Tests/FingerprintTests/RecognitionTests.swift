import Fingerprint
import QueueCore
import Testing

/// Which format a trace is taken for, when lines of several stand in it: the one that first has three frames, or else the
/// one with most, and of those with as many the one that is tried first.
@Suite struct RecognitionTests {
    /// In the order they are tried. A line of one is a frame of no other.
    private static let formats = [
        (name: "JavaScript (V8)", line: "at f (/app/a.js:1:2)"),
        (name: "Java", line: "at a.b.C.d(C.java:1)"),
        (name: "JavaScript (Firefox, Safari)", line: "f@https://x.example/a.js:1:2"),
        (name: "PHP", line: "#0 /app/a.php(1): f()"),
    ]

    @Test(arguments: 1...20 as ClosedRange<UInt64>)
    func mixedLines(_ seed: UInt64) throws {
        var random = SeededRandom(seed: seed)
        let fingerprinter = try Fingerprinter()
        for _ in 0..<200 {
            let others = random.pick([0, 1, 3, 10])
            let choices = Self.formats.indices.map(Int?.init) + [Int?](repeating: nil, count: others)
            let count = Int.random(in: 0...random.pick([4, 12, 130]), using: &random)
            let lines = (0..<count).map { _ in random.pick(choices) }
            let trace = lines.map { $0.map { Self.formats[$0].line } ?? random.pick(["", "no frame"]) }
                .joined(separator: "\n")
            let format = Array(trace.utf8).withUnsafeBytes { fingerprinter.readStack($0) }.format
            #expect(format == Self.expected(lines.prefix(FingerprintLimits.stackLines)), "seed \(seed):\n\(trace)")
        }
    }

    private static func expected(_ lines: some Sequence<Int?>) -> String? {
        var frames = [Int](repeating: 0, count: formats.count)
        for case let format? in lines {
            frames[format] += 1
            if frames[format] == 3 { return formats[format].name }
        }
        let most = frames.max() ?? 0
        return most > 0 ? frames.firstIndex(of: most).map { formats[$0].name } : nil
    }
}

import Fingerprint
import QueueCore
import Testing

/// Random reports from templates whose gaps are filled with random values: what varies must not matter, what names
/// the place must.
@Suite struct PropertyTests {
    /// A piece of a message: text that stays, or a kind of value.
    enum Piece: Sendable {
        case word(String)
        case number, decimal, uuid, hex, pointer, date, ip, email, url, quoted

        func text(_ random: inout SeededRandom) -> String {
            switch self {
            case .word(let word): word
            case .number: String(Int64.random(in: -1_000_000...1_000_000_000, using: &random))
            case .decimal: "\(Int.random(in: 0...99999, using: &random)).\(Int.random(in: 0...999, using: &random))"
            case .uuid:
                [8, 4, 4, 4, 12].map { random.text("0123456789abcdef", count: $0...$0) }.joined(separator: "-")
            case .hex: random.text("0123456789abcdef", count: 8...64)
            case .pointer: "0x" + random.text("0123456789abcdefABCDEF", count: 1...16)
            case .date: Self.date(&random)
            case .ip: Self.ip(&random)
            case .email:
                random.text("abc789", count: 1...1) + random.text("abcxyz0123456789._+-", count: 0...8) + "@"
                    + random.text("abcxyz0123456789-", count: 1...8) + "."
                    + random.pick(["com", "co.uk", "example", "io"])
            case .url:
                "https://api.example.com/users/" + random.text("0123456789", count: 1...9) + "/orders?"
                    + random.text("abc=&123%", count: 0...20)
            case .quoted:
                random.pick(["'", "\""]) == "'"
                    ? "'" + random.text("abc 123.:/@", count: 0...20) + "'"
                    : "\"" + random.text("abc 123'.:/@", count: 0...20) + "\""
            }
        }

        private static func two(_ random: inout SeededRandom) -> String {
            random.text("0123456789", count: 2...2)
        }

        private static func date(_ random: inout SeededRandom) -> String {
            let day = "20\(two(&random))-\(two(&random))-\(two(&random))"
            let time = "\(two(&random)):\(two(&random)):\(two(&random))"
            let month = random.pick(["Jan", "Feb", "May", "Dec"])
            return random.pick([
                day, "\(day)T\(time)Z", "\(day) \(time)", "\(day)T\(time).\(two(&random))+0\(random.pick([1, 2])):00",
                "Mon, \(two(&random)) \(month) 20\(two(&random)) \(time) GMT",
                "\(month) \(two(&random)), 20\(two(&random))",
            ])
        }

        private static func ip(_ random: inout SeededRandom) -> String {
            let quad = (0..<4).map { _ in String(UInt8.random(in: 0...255, using: &random)) }.joined(separator: ".")
            let groups = (0..<8).map { _ in String(UInt16.random(in: 0...65535, using: &random), radix: 16) }.joined(
                separator: ":")
            return random.pick([quad, groups])
        }

        static let values: [Piece] = [.number, .decimal, .uuid, .hex, .pointer, .date, .ip, .email, .url, .quoted]
    }

    static func template(_ random: inout SeededRandom) -> [Piece] {
        (0..<Int.random(in: 1...12, using: &random)).map { _ in
            Bool.random(using: &random)
                ? .word(random.text("ghijklmnopqrstuvwxyz", count: 1...10)) : random.pick(Piece.values)
        }
    }

    static func fill(_ template: [Piece], _ random: inout SeededRandom) -> String {
        template.map { $0.text(&random) }.joined(separator: " ")
    }

    @Test(arguments: 1...20 as ClosedRange<UInt64>)
    func valuesInMessagesDoNotMatter(_ seed: UInt64) throws {
        var random = SeededRandom(seed: seed)
        for _ in 0..<200 {
            let template = Self.template(&random)
            let first = Self.fill(template, &random)
            let second = Self.fill(template, &random)
            let same = try Report.normalised(message: first) == Report.normalised(message: second)
            #expect(same, "seed \(seed): \(first) | \(second)")
            if !same { return }
        }
    }

    @Test(arguments: 1...10 as ClosedRange<UInt64>)
    func wordsInMessagesMatter(_ seed: UInt64) throws {
        var random = SeededRandom(seed: seed)
        for _ in 0..<100 {
            let template = Self.template(&random)
            let first = Self.fill([.word("left")] + template, &random)
            let second = Self.fill([.word("right")] + template, &random)
            #expect(
                try Report(message: first).fingerprint() != Report(message: second).fingerprint(),
                "seed \(seed): \(first)")
        }
    }

    struct Frame {
        var function: String
        var file: String
    }

    enum Dialect: CaseIterable, Sendable {
        case v8, gecko, python

        func trace(_ frames: [Frame], _ random: inout SeededRandom) -> String {
            let root = random.pick([
                "/app", "/home/alice", "/srv/releases/20240102030405", "/srv", "/var/www/html", "/usr/src/app",
            ])
            let lines = frames.map { frame in
                let line = Int.random(in: 1...99999, using: &random)
                let column = Int.random(in: 1...99999, using: &random)
                return switch self {
                case .v8: "    at \(frame.function) (\(root)/\(frame.file).\(Self.hash(&random))js:\(line):\(column))"
                case .gecko:
                    "\(frame.function)@https://x.example/\(frame.file).\(Self.hash(&random))js?\(line):\(line):\(column)"
                case .python:
                    "  File \"\(root)/\(frame.file).py\", line \(line), in \(frame.function)\n    x = \(column)"
                }
            }
            return lines.joined(separator: "\n")
        }

        private static func hash(_ random: inout SeededRandom) -> String {
            random.pick(["", "1" + random.text("0123456789abcdef", count: 7...31) + "."])
        }
    }

    static func frames(_ random: inout SeededRandom) -> [Frame] {
        (0..<Int.random(in: 1...20, using: &random)).map { _ in
            Frame(
                function: random.text("abcdefgxyzABC_$", count: 1...12),
                file: "lib/" + random.text("ghijklmnop", count: 1...12))
        }
    }

    @Test(arguments: Dialect.allCases, 1...10 as ClosedRange<UInt64>)
    func placesInFilesDoNotMatterAndNamesDo(_ dialect: Dialect, _ seed: UInt64) throws {
        var random = SeededRandom(seed: seed)
        for _ in 0..<50 {
            let frames = Self.frames(&random)
            let trace = dialect.trace(frames, &random)
            let fingerprint = try Report(message: "a", stack: trace).fingerprint()
            #expect(try Report(message: "b", stack: trace).result().basis == .stack)
            let again = dialect.trace(frames, &random)
            #expect(
                try Report(message: "b", stack: again).fingerprint() == fingerprint, "seed \(seed):\n\(trace)\n\(again)"
            )

            let index = Int.random(in: frames.indices, using: &random)
            var renamed = frames
            renamed[index].function += "Q"
            #expect(
                try Report(message: "a", stack: dialect.trace(renamed, &random)).fingerprint() != fingerprint,
                "seed \(seed):\n\(trace)")
            var moved = frames
            moved[index].file += "q"
            #expect(
                try Report(message: "a", stack: dialect.trace(moved, &random)).fingerprint() != fingerprint,
                "seed \(seed):\n\(trace)")
        }
    }
}

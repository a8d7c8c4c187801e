import Fingerprint
import QueueCore
import Testing

/// The two promises, held against every sample of every language with random changes: no number, id, address, date, line or
/// column matters; every function of the application does.
@Suite struct GoldenPropertyTests {
    @Test(arguments: GoldenTable.all, 1...5 as ClosedRange<UInt64>)
    func numbersDoNotMatter(_ table: GoldenTable, _ seed: UInt64) throws {
        var random = SeededRandom(seed: seed)
        for sample in table.samples {
            let fingerprint = try Report(message: "a", stack: sample).fingerprint()
            for _ in 0..<8 {
                let changed = Self.renumbered(sample, &random)
                #expect(changed != sample)
                let same = try Report(message: "b", stack: changed).fingerprint() == fingerprint
                let before = try Report(stack: sample).partList()
                let after = try Report(stack: changed).partList()
                #expect(same, "seed \(seed):\n\(before)\n--- is not\n\(after)\n\(changed)")
                if !same { return }
            }
        }
    }

    @Test(arguments: GoldenTable.all)
    func functionsOfTheApplicationMatter(_ table: GoldenTable) throws {
        let fingerprinter = try Fingerprinter()
        for sample in table.samples {
            let fingerprint = try Report(stack: sample).fingerprint()
            let reading = Array(sample.utf8).withUnsafeBytes { fingerprinter.readStack($0) }
            let kept = reading.frames.filter { $0.verdict == .kept }.map {
                String(decoding: $0.function, as: UTF8.self)
            }
            let names = try Self.hashedFunctions(sample)
            #expect(kept.count == names.count)
            for (function, name) in zip(kept, names) {
                guard let word = Self.longestWord(of: name, in: function) else { continue }
                let renamed = function.replacing(word, with: word + "Zq")
                let changed = sample.replacing(function, with: renamed)
                #expect(
                    try Report(stack: changed).fingerprint() != fingerprint, "\(function) to \(renamed):\n\(changed)")
            }
        }
    }

    /// Numbers that a person put into the name of a function are as good as letters.
    @Test(arguments: GoldenTable.all)
    func numbersInNamesMatter(_ table: GoldenTable) throws {
        let fingerprinter = try Fingerprinter()
        for sample in table.samples {
            let reading = Array(sample.utf8).withUnsafeBytes { fingerprinter.readStack($0) }
            let kept = reading.frames.filter { $0.verdict == .kept }.map {
                String(decoding: $0.function, as: UTF8.self)
            }
            for (function, name) in zip(kept, try Self.hashedFunctions(sample)) where function != "{main}" {
                // Compilers have words of their own, which they number.
                guard let word = Self.longestWord(of: name, in: function), !Self.numbered.contains(word) else {
                    continue
                }
                let variants = try ["", "_404", "_500", "4x", "5x", "_4_x", "_5_x"].map { digits in
                    let renamed = function.replacing(word, with: word + digits)
                    return try Report(stack: sample.replacing(function, with: renamed)).fingerprint()
                }
                #expect(Set(variants).count == variants.count, "\(function), numbers behind \(word)")
            }
        }
    }

    private static let numbered: Set<String> = [
        "lambda", "func", "gowrap", "MoveNext", "Lambda", "Closure", "DisplayClass", "StateMachine", "aroundBody",
        "AjcClosure", "ExternalSyntheticLambda",
    ]

    /// Every number and hexadecimal value has another one in its place, but for those in the mangled names of functions.
    static func renumbered(_ text: String, _ random: inout SeededRandom) -> String {
        let bytes = Array(text.utf8)
        var output: [UInt8] = []
        var index = 0
        while index < bytes.count {
            if isWord(bytes[index]), index == 0 || !isWord(bytes[index - 1]) {
                let end = bytes[index...].firstIndex { !isWord($0) } ?? bytes.count
                output.append(contentsOf: changed(Array(bytes[index..<end]), &random))
                index = end
            } else {
                output.append(bytes[index])
                index += 1
            }
        }
        return String(decoding: output, as: UTF8.self)
    }

    private static func changed(_ word: [UInt8], _ random: inout SeededRandom) -> [UInt8] {
        // In mangled names of C++ and Swift (`$s4shop4CartV`) the length of each name stands in the name; two of Android's
        // compilers have a number in theirs.
        if word.starts(with: "_Z".utf8) || word.starts(with: "s4shop".utf8) { return word }
        if word == Array("r8".utf8) || word == Array("D8".utf8) { return word }
        let text = String(decoding: word, as: UTF8.self)
        if text.hasPrefix("0x"), word.count > 2, word.dropFirst(2).allSatisfy(isHexDigit) {
            return Array("0x".utf8) + Array(random.text("0123456789abcdef", count: 1...16).utf8)
        }
        // An address without a prefix, a hash, the `h` in front of one in Rust.
        let digits = word.drop { $0 == UInt8(ascii: "h") }
        if digits.count >= 8, digits.allSatisfy(isHexDigit), digits.contains(where: isDigit) {
            let first = random.text("123456789", count: 1...1)
            let rest = random.text("0123456789abcdef", count: (digits.count - 1)...(digits.count - 1))
            return word.prefix(word.count - digits.count) + Array((first + rest).utf8)
        }
        var output: [UInt8] = []
        for (index, byte) in word.enumerated() where !isDigit(byte) || index == 0 || !isDigit(word[index - 1]) {
            if isDigit(byte) {
                output.append(contentsOf: random.text("123456789", count: 1...5).utf8)
            } else {
                output.append(byte)
            }
        }
        return output
    }

    /// The longest word of what was hashed that stands in the trace as well. Placeholders are not words of the function.
    private static func longestWord(of name: String, in function: String) -> String? {
        name.split { !$0.isLetter }.map(String.init)
            .filter {
                $0.count >= 2 && function.contains($0) && !["num", "closure", "anonymous", "invoke"].contains($0)
            }
            .max { $0.count < $1.count }
    }

    private static func hashedFunctions(_ stack: String) throws -> [String] {
        try Report(stack: stack).explanation().parts.filter { $0.name == .function }
            .map { String(decoding: $0.bytes, as: UTF8.self) }
    }

    private static func isWord(_ byte: UInt8) -> Bool {
        isDigit(byte) || (byte | 0x20) &- 0x61 < 26 || byte == UInt8(ascii: "_") || byte >= 0x80
    }

    private static func isDigit(_ byte: UInt8) -> Bool { byte &- 0x30 < 10 }

    private static func isHexDigit(_ byte: UInt8) -> Bool { isDigit(byte) || (byte | 0x20) &- 0x61 < 6 }
}

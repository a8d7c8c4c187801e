/// The rule that says which keys have secret values.
///
/// A key is taken apart into words: at everything that is no letter or digit, and where the case changes (`dbPassword`,
/// `DB_PASSWORD` and `db-password` are `db`, `password`; `APIKey` is `api`, `key`). Digits at its end do not count. A key is
/// sensitive when its **last word**, or its last words together, are in the table; fillers such as `hash` and `value` at
/// the end are passed over. So `password`, `user_password` and `passwordHash` are sensitive, and `passwordless`, `max_tokens`,
/// `token_count` and `author` are not. A word may also end in one of a few unmistakable words (`PGPASSWORD`, `authtoken`).
/// Of several entries the longest decides, so that an entry `csrf token` to be kept wins over `token`.
final class SensitiveKeys: Sendable {
    struct Finding: Sendable {
        var keyClass: KeyClass
        /// The words that decided stand apart, as in `Invalid token`, and are not one name.
        var crossesSpace = false
        /// `PWD`, which is a password in a connection string and the working directory of a shell: a path is none.
        var mayBeDirectory = false
    }

    /// Bytes at the end of a key that are looked at.
    static let lookBehind = 64
    private static let maxFillers = 2
    static let maxTrailingDigits = 4
    /// Bytes at the end of a key that are passed over because they are no letters or digits.
    static let maxTrailingMarks = 8

    /// By the hash of the words, put together and read backwards.
    private let classes: KeyTable
    private let maxWords: Int
    let endings: KeyEndings

    /// - Parameters:
    ///   - additional: keys whose values are secret, too.
    ///   - kept: keys whose values are not, whatever the table says. Spelled like keys in either case.
    init(additional: [String], kept: [String]) {
        var entries = Self.builtIn.flatMap { entry in entry.1.map { ($0, entry.0) } }
        for adjective in Self.errorAdjectives {
            entries += Self.errorNouns.map { ("\(adjective) \($0)", .errorName) }
        }
        entries += additional.map { ($0, .strong) } + kept.map { ($0, .kept) }
        var classes: [UInt64: KeyClass] = [:]
        var maxWords = 1
        var endings = KeyEndings()
        for (key, keyClass) in entries {
            let words = Self.words(of: key)
            guard let last = words.last else { continue }
            let joined = Array(words.joined())
            var hash = Self.hashSeed
            for byte in joined.reversed() { Self.add(byte, to: &hash) }
            classes[hash] = keyClass
            maxWords = max(maxWords, words.count)
            endings.insert(joined)
            // A last word shorter than three letters may also stand after something that is no letter.
            if last.count < 3, words.count > 1 { endings.insert(separate: last) }
        }
        self.classes = KeyTable(classes)
        self.maxWords = maxWords
        self.endings = endings
    }

    /// The words of a key in lower case, in order; empty when it has none.
    static func words(of key: String) -> [[UInt8]] {
        var bytes = Array(key.utf8)
        for _ in 0..<maxTrailingDigits where bytes.last?.isDigit == true { bytes.removeLast() }
        return bytes.withUnsafeBytes { buffer in
            guard let text = ScannedText(buffer) else { return [] }
            var words: [[UInt8]] = []
            var end = text.count
            while end > 0 {
                let start = startOfWord(in: text, endingAt: end, floor: 0)
                if start < end { words.append(text[start..<end].map(\.lowercase)) }
                end = start == end ? end - 1 : start
            }
            return words.reversed()
        }
    }

    // MARK: - Looking up

    /// What the key says that ends at `end`; nil when it says nothing. Reads nothing before `floor`.
    func find(in text: ScannedText, endingAt end: Int, floor: Int) -> Finding? {
        var index = end
        while end - index < Self.maxTrailingDigits, index > floor, text[index - 1].isDigit { index -= 1 }
        if index < end, index > floor, Self.isJoint(text[index - 1]) { index -= 1 }
        guard index > floor else { return nil }
        return classify(text, endingAt: index, floor: max(floor, index - Self.lookBehind))
    }

    /// Where the words of a key end whose last bytes are no letters or digits: `password_`, `Password:`, `password[0]`.
    static func endOfWords(in text: ScannedText, endingAt end: Int, floor: Int) -> Int {
        var index = end
        while index > floor, end - index < maxTrailingMarks, !text[index - 1].isWordByte { index -= 1 }
        guard index < end, text[index] == UInt8(ascii: "]") else { return index }
        var number = index
        while index - number < maxTrailingDigits, number > floor, text[number - 1].isDigit { number -= 1 }
        return number < index && number > floor && text[number - 1] == UInt8(ascii: "[") ? number - 1 : index
    }

    private func classify(_ text: ScannedText, endingAt end: Int, floor: Int) -> Finding? {
        var best: Finding?
        var hash = Self.hashSeed
        var wordCount = 0
        var fillers = 0
        var crossesSpace = false
        var index = end
        while index > floor {
            let start = Self.startOfWord(in: text, endingAt: index, floor: floor)
            guard start < index else { break }
            let mayBeDirectory = wordCount == 0 && Self.mayBeDirectory(text, start..<index, floor: floor)
            for offset in stride(from: index - 1, through: start, by: -1) {
                Self.add(text[offset].lowercase, to: &hash)
            }
            wordCount += 1
            let found = classes[hash]
            if found == .filler, wordCount == 1, fillers < Self.maxFillers {
                fillers += 1
                (hash, wordCount) = (Self.hashSeed, 0)
            } else if let found {
                best = Finding(keyClass: found, crossesSpace: crossesSpace, mayBeDirectory: mayBeDirectory)
            } else if wordCount == 1, Self.endsUnmistakably(text, start..<index) {
                best = Finding(keyClass: .strong)
            }
            if wordCount == maxWords { break }
            index = start
            guard index > floor, !text[index - 1].isWordByte else { continue }
            if Self.isJoint(text[index - 1]) {
                index -= 1
                if index > floor, Self.isJoint(text[index - 1]) { index -= 1 }
            } else if text[index - 1] == 0x20 {
                crossesSpace = true
                index -= 1
            } else {
                break
            }
        }
        return best?.keyClass == .kept || best?.keyClass == .filler ? nil : best
    }

    private static func endsUnmistakably(_ text: ScannedText, _ word: Range<Int>) -> Bool {
        unmistakableEndings.contains { ending in
            word.count > ending.utf8CodeUnitCount
                && text.hasIgnoringCase(ending, at: word.upperBound - ending.utf8CodeUnitCount)
        }
    }

    /// `PWD` alone, in capitals, is what shells call the working directory; not behind the semicolon of a connection string.
    private static func mayBeDirectory(_ text: ScannedText, _ word: Range<Int>, floor: Int) -> Bool {
        text.has("PWD", at: word.lowerBound) && word.count == 3
            && (word.lowerBound == floor
                || !isJoint(text[word.lowerBound - 1]) && text[word.lowerBound - 1] != UInt8(ascii: ";"))
    }

    // MARK: - Words

    /// Where the word begins that ends at `end`; `end` itself when there is no letter or digit before it.
    private static func startOfWord(in text: ScannedText, endingAt end: Int, floor: Int) -> Int {
        var index = end
        while index > floor, text[index - 1].isWordByte {
            index -= 1
            guard index > floor, text[index].isUppercase else { continue }
            let before = text[index - 1]
            // `accessToken`, and `APIKey` before the K.
            if before.isLowercase || before.isDigit { break }
            if before.isUppercase, index + 1 < end, text[index + 1].isLowercase { break }
        }
        return index
    }

    /// What joins the words of one name.
    static func isJoint(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: "_") || byte == UInt8(ascii: "-") || byte == UInt8(ascii: ".")
    }

    // FNV-1a, 64 bits.
    private static let hashSeed: UInt64 = 0xCBF2_9CE4_8422_2325

    @inline(__always)
    private static func add(_ byte: UInt8, to hash: inout UInt64) {
        hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3
    }
}

/// The words of an error that can be searched for: those of its type, then those of the start of its message, in order.
///
/// A word is a run of letters and digits. Letters are compared without case and accents; whatever else stands between words does not
/// matter. Numbers are words.
public struct SearchText: Sendable {
    /// UTF-8 bytes of the message that are looked at.
    public static let messageBytes = 1_024
    /// Distinct words of one error the index takes.
    public static let maxIndexedWords = 64

    public let words: [SearchWord]

    public init(type: (some Collection<UInt8>)?, message: (some Collection<UInt8>)?) {
        var words: [SearchWord] = []
        if let type { Self.append(type, to: &words) }
        if let message { Self.append(message.prefix(Self.messageBytes), to: &words) }
        self.words = words
    }

    init(_ text: String) {
        var words: [SearchWord] = []
        Self.append(text.utf8, to: &words)
        self.words = words
    }

    /// Each once, in the order of their bytes.
    public var indexedWords: [SearchWord] {
        var seen: Set<SearchWord> = []
        for word in words where word.isIndexed && seen.count < Self.maxIndexedWords { seen.insert(word) }
        return seen.sorted { $0.bytes.lexicographicallyPrecedes($1.bytes) }
    }

    /// Of all words, also those beyond `maxIndexedWords`.
    public var bits: SearchBits {
        words.reduce(into: SearchBits()) { $0.formUnion($1.bits) }
    }

    private static func append(_ text: some Collection<UInt8>, to words: inout [SearchWord]) {
        var word: [UInt8] = []
        // Past the limit, the rest of the word is left out.
        var isCut = false
        func end() {
            if !word.isEmpty { words.append(SearchWord(word)) }
            word.removeAll(keepingCapacity: true)
            isCut = false
        }
        for scalar in String(decoding: text, as: UTF8.self).unicodeScalars {
            switch TextFolding.fold(scalar) {
            case .separator: end()
            case .nothing: break
            case .byte(let byte):
                if isCut || word.count == SearchWord.maxBytes { isCut = true } else { word.append(byte) }
            case .text(let folded):
                if isCut || word.count + folded.utf8.count > SearchWord.maxBytes {
                    isCut = true
                } else {
                    word.append(contentsOf: folded.utf8)
                }
            }
        }
        end()
    }
}

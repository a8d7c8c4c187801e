/// The words of an error that can be searched for: those of its type, then those of the start of its message, in order.
///
/// A word is a run of letters and digits. Letters are compared without case and accents; whatever else stands between words does not
/// matter. Numbers are words.
///
/// The index, the bits and `SearchQuery.matches` all go by this one list. A part of the words in the index would not do: a search for any
/// other word would be told that no error has it. What bounds the index is the text: a word of it takes three letters and a separator,
/// so that the start of a message has 256 at most, and a type of 255 characters 85 more.
public struct SearchText: Sendable {
    /// UTF-8 bytes of the message that are looked at.
    public static let messageBytes = 1_024

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
        Set(words.lazy.filter(\.isIndexed)).sorted { $0.bytes.lexicographicallyPrecedes($1.bytes) }
    }

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

/// What `q` asks for: every word must occur in the text, as the start of a word; words in double quotes must follow one another.
public struct SearchQuery: Sendable, Equatable {
    /// Words of one search.
    public static let maxWords = 16

    /// Why a text is no search.
    public enum Problem: Error, Equatable {
        /// No word has `SearchWord.minIndexedCharacters` letters or digits.
        case noWord
        /// More than `maxWords`.
        case tooManyWords
    }

    /// Each one is a word or a phrase; none is empty.
    let terms: [[SearchWord]]

    public init(_ text: String) throws(Problem) {
        var terms: [[SearchWord]] = []
        // Every second piece was in quotes; a last one without its closing quote counts as such.
        for (index, piece) in text.split(separator: "\"", omittingEmptySubsequences: false).enumerated() {
            let words = SearchText(String(piece)).words
            if index % 2 == 0 { terms += words.map { [$0] } } else if !words.isEmpty { terms.append(words) }
        }
        guard terms.joined().contains(where: \.isIndexed) else { throw .noWord }
        guard terms.joined().count <= Self.maxWords else { throw .tooManyWords }
        self.terms = terms
    }

    /// The words the index can be asked for, the longest first: it is likely the rarest.
    public var indexedWords: [SearchWord] {
        Set(terms.joined()).filter(\.isIndexed).sorted {
            $0.bytes.count == $1.bytes.count
                ? $0.bytes.lexicographicallyPrecedes($1.bytes) : $0.bytes.count > $1.bytes.count
        }
    }

    /// What the bits of a text that matches include.
    public var bits: SearchBits {
        terms.joined().reduce(into: SearchBits()) { $0.formUnion($1.bits) }
    }

    public func matches(_ text: SearchText) -> Bool {
        terms.allSatisfy { term in
            text.words.indices.contains { Self.occurs(term, at: $0, in: text.words) }
        }
    }

    private static func occurs(_ term: [SearchWord], at start: Int, in words: [SearchWord]) -> Bool {
        guard start + term.count <= words.count, let last = term.last else { return false }
        for index in 0..<term.count - 1 where words[start + index] != term[index] { return false }
        return words[start + term.count - 1].starts(with: last)
    }
}

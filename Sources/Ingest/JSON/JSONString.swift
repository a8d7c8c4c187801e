/// A string found by the scanner: where its content is, and what has to be done to it.
struct JSONString: Sendable {
    struct Traits: OptionSet, Sendable {
        let rawValue: UInt8
        /// Has backslashes: the content is not the text.
        static let escapes = Traits(rawValue: 1)
        /// Has bytes over 0x7F, all of it valid UTF-8 unless `invalidUTF8` says otherwise.
        static let nonASCII = Traits(rawValue: 2)
        /// A byte sequence that is no UTF-8.
        static let invalidUTF8 = Traits(rawValue: 4)
        /// An escaped half of a surrogate pair without its other half.
        static let loneSurrogate = Traits(rawValue: 8)
        /// A byte under 0x20 that JSON wants escaped.
        static let rawControl = Traits(rawValue: 16)
        /// A control character, escaped or not, other than tab, line feed and carriage return.
        static let control = Traits(rawValue: 32)

        /// The text cannot be kept as it is.
        static let brokenText: Traits = [.invalidUTF8, .loneSurrogate, .rawControl, .control]
        /// The JSON around the text cannot be kept as it is. (An escaped control character can.)
        static let brokenJSON: Traits = [.invalidUTF8, .loneSurrogate, .rawControl]
    }

    /// Offset of the first byte after the opening quote.
    var start: Int
    /// Offset of the closing quote.
    var end: Int
    var traits: Traits

    var count: Int { end - start }
}

/// The marks that open a quoted value.
enum QuotationMark: Int {
    case double
    case single
    /// Closed by itself or, in the old style, by a single quotation mark.
    case grave
    case curlyDouble
    case curlySingle
    case guillemet

    /// One place in the text for each kind.
    struct Positions {
        private var values: (Int, Int, Int, Int, Int, Int) = (0, 0, 0, 0, 0, 0)

        subscript(mark: QuotationMark) -> Int {
            get {
                switch mark {
                case .double: values.0
                case .single: values.1
                case .grave: values.2
                case .curlyDouble: values.3
                case .curlySingle: values.4
                case .guillemet: values.5
                }
            }
            set {
                switch mark {
                case .double: values.0 = newValue
                case .single: values.1 = newValue
                case .grave: values.2 = newValue
                case .curlyDouble: values.3 = newValue
                case .curlySingle: values.4 = newValue
                case .guillemet: values.5 = newValue
                }
            }
        }
    }

    /// The mark whose opening form is at `index`.
    init?(in text: ByteView, at index: Int) {
        switch text[index] {
        case UInt8(ascii: "\""): self = .double
        case UInt8(ascii: "'"): self = .single
        case UInt8(ascii: "`"): self = .grave
        case 0xE2 where text.has("\u{201C}", at: index): self = .curlyDouble
        case 0xE2 where text.has("\u{2018}", at: index): self = .curlySingle
        case 0xC2 where text.has("\u{AB}", at: index): self = .guillemet
        default: return nil
        }
    }

    var openingLength: Int {
        switch self {
        case .double, .single, .grave: 1
        case .curlyDouble, .curlySingle: 3
        case .guillemet: 2
        }
    }

    /// The length of the closing form at `index`, or nil. An apostrophe inside a word closes nothing.
    func closingLength(in text: ByteView, at index: Int) -> Int? {
        let byte = text[index]
        switch self {
        case .double: return byte == UInt8(ascii: "\"") ? 1 : nil
        case .single: return byte == UInt8(ascii: "'") && !text[index + 1].isWord ? 1 : nil
        case .grave:
            if byte == UInt8(ascii: "`") { return 1 }
            return byte == UInt8(ascii: "'") && !text[index + 1].isWord ? 1 : nil
        case .curlyDouble: return byte == 0xE2 && text.has("\u{201D}", at: index) ? 3 : nil
        case .curlySingle: return byte == 0xE2 && text.has("\u{2019}", at: index) && !text[index + 3].isWord ? 3 : nil
        case .guillemet: return byte == 0xC2 && text.has("\u{BB}", at: index) ? 2 : nil
        }
    }
}

/// What the name before a value says about the value.
enum KeyClass: UInt8, Sendable {
    /// `password`: the value is secret wherever it stands.
    case strong
    /// `session`: a word that prose uses, too. Secret in JSON, after `=` and when quoted, not after a colon in a sentence.
    case weak
    /// `Authorization`: the value may be a scheme and what belongs to it.
    case authorization
    /// `Cookie`: as a header, the value is the rest of the line.
    case cookie
    /// `InvalidToken`: the name of an error when a colon follows (`InvalidToken: it has expired`), else like `strong`.
    case errorName
    /// `hash` as in `password_hash`: says nothing, the words before it do.
    case filler
    /// Not secret.
    case kept
}

/// A kind of token that is known by how it begins.
struct TokenForm: Sendable {
    enum Alphabet: Sendable {
        case upperAndDigits, alphanumeric, base64URL, base64URLAndDots

        func contains(_ byte: UInt8) -> Bool {
            switch self {
            case .upperAndDigits: byte.isUppercase || byte.isDigit
            case .alphanumeric: byte.isLetterOrDigit
            case .base64URL: byte.isBase64URL
            case .base64URLAndDots: byte.isBase64URL || byte == UInt8(ascii: ".")
            }
        }
    }

    let prefix: StaticString
    /// Which two bytes of the prefix make the scan stop: a pair that is rare in texts.
    let pairOffset: Int
    let alphabet: Alphabet
    /// Bytes after the prefix, at least. Lower than what is issued, so that one cut off is found, too.
    let minCount: Int

    var pair: UInt16 {
        UInt16(prefix.utf8Start[pairOffset]) | UInt16(prefix.utf8Start[pairOffset + 1]) << 8
    }

    /// The forms are those the services document: GitHub, GitLab, AWS, Google, Slack, Stripe, SendGrid, npm, PyPI, Hugging Face,
    /// OpenAI, Anthropic, DigitalOcean, Shopify, Twilio (API key), age.
    static let all: [TokenForm] = [
        TokenForm(prefix: "ghp_", pairOffset: 0, alphabet: .alphanumeric, minCount: 16),
        TokenForm(prefix: "gho_", pairOffset: 0, alphabet: .alphanumeric, minCount: 16),
        TokenForm(prefix: "ghu_", pairOffset: 0, alphabet: .alphanumeric, minCount: 16),
        TokenForm(prefix: "ghs_", pairOffset: 0, alphabet: .alphanumeric, minCount: 16),
        TokenForm(prefix: "ghr_", pairOffset: 0, alphabet: .alphanumeric, minCount: 16),
        TokenForm(prefix: "github_pat_", pairOffset: 5, alphabet: .base64URL, minCount: 16),
        TokenForm(prefix: "glpat-", pairOffset: 1, alphabet: .base64URL, minCount: 16),
        TokenForm(prefix: "AKIA", pairOffset: 2, alphabet: .upperAndDigits, minCount: 16),
        TokenForm(prefix: "ASIA", pairOffset: 2, alphabet: .upperAndDigits, minCount: 16),
        TokenForm(prefix: "AIza", pairOffset: 1, alphabet: .base64URL, minCount: 30),
        TokenForm(prefix: "ya29.", pairOffset: 2, alphabet: .base64URL, minCount: 20),
        TokenForm(prefix: "GOCSPX-", pairOffset: 4, alphabet: .base64URL, minCount: 20),
        TokenForm(prefix: "xoxb-", pairOffset: 0, alphabet: .base64URL, minCount: 10),
        TokenForm(prefix: "xoxa-", pairOffset: 0, alphabet: .base64URL, minCount: 10),
        TokenForm(prefix: "xoxp-", pairOffset: 0, alphabet: .base64URL, minCount: 10),
        TokenForm(prefix: "xoxr-", pairOffset: 0, alphabet: .base64URL, minCount: 10),
        TokenForm(prefix: "xoxs-", pairOffset: 0, alphabet: .base64URL, minCount: 10),
        TokenForm(prefix: "xoxe-", pairOffset: 0, alphabet: .base64URL, minCount: 10),
        TokenForm(prefix: "xapp-", pairOffset: 3, alphabet: .base64URL, minCount: 10),
        TokenForm(prefix: "sk_live_", pairOffset: 1, alphabet: .alphanumeric, minCount: 10),
        TokenForm(prefix: "rk_live_", pairOffset: 1, alphabet: .alphanumeric, minCount: 10),
        TokenForm(prefix: "sk_test_", pairOffset: 1, alphabet: .alphanumeric, minCount: 10),
        TokenForm(prefix: "rk_test_", pairOffset: 1, alphabet: .alphanumeric, minCount: 10),
        TokenForm(prefix: "whsec_", pairOffset: 0, alphabet: .base64URL, minCount: 16),
        TokenForm(prefix: "SG.", pairOffset: 0, alphabet: .base64URLAndDots, minCount: 30),
        TokenForm(prefix: "npm_", pairOffset: 1, alphabet: .alphanumeric, minCount: 30),
        TokenForm(prefix: "pypi-", pairOffset: 3, alphabet: .base64URL, minCount: 30),
        TokenForm(prefix: "hf_", pairOffset: 0, alphabet: .alphanumeric, minCount: 20),
        TokenForm(prefix: "sk-ant-", pairOffset: 1, alphabet: .base64URL, minCount: 20),
        TokenForm(prefix: "sk-proj-", pairOffset: 1, alphabet: .base64URL, minCount: 20),
        TokenForm(prefix: "sk-", pairOffset: 1, alphabet: .alphanumeric, minCount: 32),
        TokenForm(prefix: "dop_v1_", pairOffset: 3, alphabet: .alphanumeric, minCount: 32),
        TokenForm(prefix: "shpat_", pairOffset: 1, alphabet: .alphanumeric, minCount: 20),
        TokenForm(prefix: "shpss_", pairOffset: 1, alphabet: .alphanumeric, minCount: 20),
        TokenForm(prefix: "AGE-SECRET-KEY-1", pairOffset: 2, alphabet: .upperAndDigits, minCount: 20),
    ]
}

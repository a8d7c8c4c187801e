/// Replaces secrets in texts and contexts by `[scrubbed]`: values under keys like `password`, bearer and well-known tokens, private
/// keys, card numbers, passwords in addresses, cookies. The rules, and what they cannot know, are in `docs/scrubbing.md`.
///
/// Immutable; one serves all event loops. The time is linear in the size of the text whatever is in it, and clean text, nearly
/// all there is, costs one pass over a table of pairs and no allocation.
public final class Scrubber: Sendable {
    /// With the built-in keys alone.
    public static let standard = Scrubber()

    /// What stands in the place of a secret.
    static let mask: StaticString = "[scrubbed]"

    let keys: SensitiveKeys
    let triggers: ScrubTriggers

    /// - Parameters:
    ///   - additionalKeys: keys whose values are secret besides the built-in ones, spelled in any way a key can be.
    ///   - keptKeys: keys whose values are kept although a built-in key says otherwise; they win over shorter built-in ones.
    public init(additionalKeys: [String] = [], keptKeys: [String] = []) {
        keys = SensitiveKeys(additional: additionalKeys, kept: keptKeys)
        triggers = ScrubTriggers(keys: keys)
    }

    /// Whether a text can be one of the keys given to `init`: a letter or digit in it, 1 to 64 characters.
    public static func isKey(_ text: String) -> Bool {
        (1...64).contains(text.unicodeScalars.count) && !SensitiveKeys.words(of: text).isEmpty
    }

    /// Looks for secrets in a text.
    ///
    /// - Parameters:
    ///   - text: UTF-8.
    ///   - output: when there is a secret, what it held is replaced by the scrubbed text. It may end soon after `maxBytes`; a
    ///     secret that begins before is replaced whole wherever it ends.
    /// - Returns: how many bytes of the text are in `output`; nil when the text is clean and `output` untouched.
    package func scrub(_ text: UnsafeRawBufferPointer, maxBytes: Int = .max, into output: inout [UInt8]) -> Int? {
        guard let text = ScannedText(text) else { return nil }
        var scan = SecretScan(text, maxBytes: maxBytes)
        guard var secret = scan.next(self) else { return nil }
        output.removeAll(keepingCapacity: true)
        var copied = 0
        while true {
            output.append(contentsOf: text[copied..<secret.lowerBound])
            output.append(Self.mask)
            copied = secret.upperBound
            guard output.count <= maxBytes else { return copied }
            scan.limit = maxBytes == .max ? .max : copied + maxBytes - output.count
            guard let next = scan.next(self) else { break }
            secret = next
        }
        // A few bytes more than allowed, so that whoever cuts the text sees that it is too long.
        let end = maxBytes == .max ? text.count : min(text.count, copied + maxBytes - output.count + 8)
        output.append(contentsOf: text[copied..<end])
        return end
    }

    /// Whether there is a secret in a text. Card numbers do not count: what is asked about are identifiers, many of which are
    /// numbers.
    package func isSecret(_ text: UnsafeRawBufferPointer) -> Bool {
        guard let text = ScannedText(text) else { return false }
        var scan = SecretScan(text, maxBytes: .max)
        scan.findsCards = false
        return scan.next(self) != nil
    }
}

/// One pass over a text, from secret to secret.
struct SecretScan {
    /// How far a secret's beginning may lie before the place that gives it away.
    private static let reach = 128

    private let text: ScannedText
    /// Where the scan is.
    private var position = 0
    /// Nothing before it is looked at: the end of the last secret.
    private var floor = 0
    private var digitsFrom = 0
    /// Secrets that begin behind this place need not be found.
    var limit: Int
    var findsCards = true {
        didSet { digitsFrom = findsCards ? 0 : .max }
    }

    init(_ text: ScannedText, maxBytes: Int) {
        self.text = text
        self.limit = maxBytes
    }

    /// The next secret, which does not overlap the one before it; nil when there is none left.
    /// - Parameter scrubber: the same in each call; not kept here, for that would count references where every nanosecond does.
    mutating func next(_ scrubber: Scrubber) -> Range<Int>? {
        var card: Range<Int>?
        while let stop = scrubber.triggers.next(in: text, from: position, digitsFrom: digitsFrom) {
            switch stop {
            case .digits(let offset):
                // Every card is handed out at the next stop: to look for the nearest trigger each time would cost the square.
                if let card { return take(card) }
                guard offset <= limit || offset - limit < Self.reach else { return nil }
                position = offset
                let found = CardNumber.find(in: text, around: offset, floor: floor)
                digitsFrom = found.end
                card = found.card
                // No trigger still to come stands before it.
                if let card, card.lowerBound <= offset { return take(card) }
            case .trigger(let offset):
                guard offset <= limit || offset - limit < Self.reach else { return take(card) }
                // A rule that begins before the card may take it in.
                if let card, card.lowerBound <= offset { return take(card) }
                if let secret = scrubber.secret(in: text, at: offset, floor: floor) { return take(secret) }
                position = offset + 1
            }
        }
        return take(card)
    }

    private mutating func take(_ secret: Range<Int>?) -> Range<Int>? {
        guard let secret else { return nil }
        floor = secret.upperBound
        position = secret.upperBound
        if findsCards { digitsFrom = secret.upperBound }
        return secret
    }
}

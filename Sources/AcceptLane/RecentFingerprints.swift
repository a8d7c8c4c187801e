import Fingerprint

/// The fingerprints one event loop admitted lately: most reports repeat one of them. A guess, never a fact: the store knows which
/// ones its open window has seen.
struct RecentFingerprints {
    /// When this many are remembered all are forgotten, and the next report of each brings its record once more.
    private static let limit = 8_192

    private var fingerprints: Set<Fingerprint> = []

    func contains(_ fingerprint: Fingerprint) -> Bool {
        fingerprints.contains(fingerprint)
    }

    mutating func insert(_ fingerprint: Fingerprint) {
        if fingerprints.count >= Self.limit { fingerprints.removeAll(keepingCapacity: true) }
        fingerprints.insert(fingerprint)
    }
}

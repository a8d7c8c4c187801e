import Fingerprint

/// The sites of a batch's events. Rows sorted by the indexes of their sites are sorted by the bytes of these, as the primary keys are.
struct EventSites {
    /// Each once, in the order of their bytes.
    let ids: [ArraySlice<UInt8>]
    /// Stand for the ids, and are hashed and compared in no time.
    let digests: [Digest16]
    /// For each event, the index of its site.
    let indexes: [Int]

    init(of events: [KeyedEvent], _ fingerprinter: Fingerprinter) {
        var numbers: [SiteID: Int] = [:]
        var found: [ArraySlice<UInt8>] = []
        let foundAt = events.map { event in
            let site = event.site
            if let number = numbers[SiteID(bytes: site)] { return number }
            numbers[SiteID(bytes: site)] = found.count
            found.append(site)
            return found.count - 1
        }
        let sorted = found.indices.sorted { found[$0].lexicographicallyPrecedes(found[$1]) }
        var indexes = Array(repeating: 0, count: found.count)
        for (index, number) in sorted.enumerated() { indexes[number] = index }
        self.indexes = foundAt.map { indexes[$0] }
        ids = sorted.map { found[$0] }
        digests = ids.map { id in
            id.withUnsafeBytes { fingerprinter.digest16(domain: "event-site", nil, $0) }
        }
    }

    /// A slice of bytes hashes them one by one.
    private struct SiteID: Hashable {
        let bytes: ArraySlice<UInt8>

        func hash(into hasher: inout Hasher) {
            bytes.withUnsafeBytes { hasher.combine(bytes: $0) }
        }
    }
}

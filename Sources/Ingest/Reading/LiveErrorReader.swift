public import Fingerprint

/// Reads errors with live figures: the stored row plus what is counted and not yet applied.
///
/// The order of the reads makes it exact: first the fast store (which windows there are and what they hold), then one snapshot
/// of the durable store (rows and ledger). A window applied in between is in that ledger and left out. When the fast
/// store is away the stored figures are shown, and `isLive` says so.
public struct LiveErrorReader<Live: LiveCounts, Reader: ErrorReader>: Sendable {
    private let live: Live
    private let reader: Reader

    public init(live: Live, reader: Reader) {
        self.live = live
        self.reader = reader
    }

    /// One page. Page 1 also holds errors touched in unapplied windows, newest first; cursors run over stored values, so such an
    /// error may be seen again on a later page. The filters hold for what is shown: the live status, the live time.
    public func list(_ query: ErrorQuery) async throws(StoreFailure) -> ErrorPage {
        var candidates: [Fingerprint] = []
        var isLive = true
        // Before the page: an error that is applied in between is then on the page. The other way round it would be on neither.
        if query.cursor == nil {
            do throws(StoreFailure) {
                candidates = try await live.recentlyTouched(limit: query.limit)
            } catch {
                isLive = false
            }
        }
        let page = try await reader.page(query)
        let stored = page.errors
        var cursor = page.next
        let onPage = Set(stored.map(\.fingerprint))
        candidates.removeAll { onPage.contains($0) }

        let wanted = stored.map(\.fingerprint) + candidates
        guard !wanted.isEmpty else { return ErrorPage(errors: [], nextCursor: cursor, isLive: isLive) }
        let windows = await liveWindows(for: wanted, isLive: &isLive)
        let snapshot = try await reader.snapshot(of: wanted, ledger: windows.ledgerKeys)
        let merged = windows.added(to: snapshot.errors, leavingOut: snapshot.applied).filter(query.matches)

        let shown = Array(merged.sorted { $0.precedes($1, by: query.sort) }.prefix(query.limit))
        if shown.count < merged.count {
            // What was pushed off comes again: the cursor goes before the first stored row that is not shown.
            let onPage = Set(shown.map(\.fingerprint))
            let kept = Set(merged.map(\.fingerprint))
            if let first = stored.firstIndex(where: {
                !onPage.contains($0.fingerprint) && kept.contains($0.fingerprint)
            }) {
                cursor = first == 0 ? .beforeEverything(query.sort) : stored[first - 1].cursor(query.sort)
            }
        }
        return ErrorPage(errors: shown, nextCursor: cursor, isLive: isLive)
    }

    /// One error with its details; nil when it is not known.
    public func detail(
        of fingerprint: Fingerprint
    ) async throws(StoreFailure) -> (error: StoredErrorDetail, isLive: Bool)? {
        var isLive = true
        let windows = await liveWindows(for: [fingerprint], isLive: &isLive)
        let (detail, applied) = try await reader.detail(of: fingerprint, ledger: windows.ledgerKeys)
        guard var detail else { return nil }
        detail.error = windows.added(to: [detail.error], leavingOut: applied)[0]
        return (detail, isLive)
    }

    private func liveWindows(for fingerprints: [Fingerprint], isLive: inout Bool) async -> [LiveWindow] {
        do throws(StoreFailure) {
            return try await live.windows(for: fingerprints)
        } catch {
            isLive = false
            return []
        }
    }
}

/// One page of a list.
public struct ErrorPage: Sendable {
    public var errors: [StoredError]
    public var nextCursor: ErrorCursor?
    /// False when the fast store could not be read: the figures are those of the last sync.
    public var isLive: Bool
}

extension [LiveWindow] {
    /// The (window, part) pairs that hold something.
    var ledgerKeys: [LedgerKey] {
        var keys: Set<LedgerKey> = []
        for window in self {
            for count in window.counts {
                keys.insert(LedgerKey(window: window.id, part: WindowPart(of: count.fingerprint)))
            }
        }
        return Array<LedgerKey>(keys)
    }

    /// `errors` with the counts and times of every window whose part is not in `applied`.
    func added(to errors: [StoredError], leavingOut applied: Set<LedgerKey>) -> [StoredError] {
        var errors = errors
        let indices = Dictionary(
            errors.indices.map { (errors[$0].fingerprint, $0) }, uniquingKeysWith: { first, _ in first })
        for window in self {
            for count in window.counts {
                let key = LedgerKey(window: window.id, part: WindowPart(of: count.fingerprint))
                guard !applied.contains(key), let index = indices[count.fingerprint] else { continue }
                errors[index].add(count)
            }
        }
        return errors
    }
}

extension StoredError {
    /// What the sync will do to the row when it applies `occurrences`.
    mutating func add(_ occurrences: WindowCount) {
        if RegressionRule.opensAgain(
            status: status, resolvedMilliseconds: resolvedMilliseconds, resolvedInRelease: resolvedInRelease,
            by: occurrences.tally)
        {
            status = .regressed
        }
        count = count.addingSaturated(occurrences.count)
        firstSeenMilliseconds = min(firstSeenMilliseconds, occurrences.firstSeenMilliseconds)
        lastSeenMilliseconds = max(lastSeenMilliseconds, occurrences.lastSeenMilliseconds)
    }

    func sortValue(_ sort: ErrorQuery.Sort) -> Int64 {
        switch sort {
        case .lastSeenAt: lastSeenMilliseconds
        case .firstSeenAt: firstSeenMilliseconds
        case .count: Int64(clamping: count)
        }
    }

    func cursor(_ sort: ErrorQuery.Sort) -> ErrorCursor {
        ErrorCursor(sort: sort, value: sortValue(sort), fingerprint: fingerprint)
    }

    /// Descending by the sort value, then by fingerprint, as the stored lists are.
    func precedes(_ other: StoredError?, by sort: ErrorQuery.Sort) -> Bool {
        guard let other else { return true }
        let (mine, theirs) = (sortValue(sort), other.sortValue(sort))
        return mine == theirs ? fingerprint > other.fingerprint : mine > theirs
    }
}

import Fingerprint
import Ingest
import Synchronization

/// Both stores in memory, as far as reading goes: windows on one side, rows and ledger on the other.
///
/// `betweenReads` runs once, after the windows were read and before the snapshot is taken; `betweenListReads` once, after the first of
/// the two reads that choose the errors of page 1, whichever that is.
final class LiveStoresFake: LiveCounts, ErrorReader {
    private struct Window {
        var id: WindowID
        var counts: [Fingerprint: WindowCount] = [:]
    }

    private struct State {
        var rows: [Fingerprint: StoredErrorDetail] = [:]
        var ledger: Set<LedgerKey> = []
        /// Oldest first; the last one is open.
        var windows: [Window] = []
        var sequence = 0
        var isAway = false
        var examined = Int.max
        var betweenReads: (@Sendable () -> Void)?
        var betweenListReads: (@Sendable () -> Void)?
    }

    private let state = Mutex(State())

    init() {
        seal()
    }

    var reader: LiveErrorReader<LiveStoresFake, LiveStoresFake> { LiveErrorReader(live: self, reader: self) }

    // MARK: - What happens to them

    func store(_ error: StoredError) {
        state.withLock { $0.rows[error.fingerprint] = StoredErrorDetail(error: error) }
    }

    func store(_ detail: StoredErrorDetail) {
        state.withLock { $0.rows[detail.error.fingerprint] = detail }
    }

    func touch(_ fingerprint: Fingerprint, at milliseconds: Int64, times: UInt64 = 1) {
        state.withLock { state in
            let last = state.windows.count - 1
            var count =
                state.windows[last].counts[fingerprint] ?? WindowCount(fingerprint: fingerprint, tally: .empty)
            for _ in 0..<times {
                count.tally.merge(Tally(at: milliseconds, receivedAt: milliseconds, release: .none))
            }
            state.windows[last].counts[fingerprint] = count
        }
    }

    /// Opens the next window.
    func seal() {
        state.withLock { state in
            state.sequence += 1
            guard let id = WindowID(text: "0f:\(state.sequence):1700000000000") else { preconditionFailure("a window") }
            state.windows.append(Window(id: id))
        }
    }

    /// Applies the parts of every sealed window, and drops them if asked to.
    func sync(dropping: Bool) {
        seal()
        state.withLock { state in
            for window in state.windows.dropLast() {
                for count in window.counts.values { Self.apply(count, of: window.id, to: &state) }
            }
            for window in state.windows.dropLast() {
                for count in window.counts.values {
                    state.ledger.insert(LedgerKey(window: window.id, part: WindowPart(of: count.fingerprint)))
                }
            }
            if dropping { state.windows.removeFirst(state.windows.count - 1) }
        }
    }

    func goAway() {
        state.withLock { $0.isAway = true }
    }

    func betweenReads(_ body: @escaping @Sendable () -> Void) {
        state.withLock { $0.betweenReads = body }
    }

    func betweenListReads(_ body: @escaping @Sendable () -> Void) {
        state.withLock { $0.betweenListReads = body }
    }

    var storedFingerprints: Set<Fingerprint> { state.withLock { Set($0.rows.keys) } }

    private static func apply(_ count: WindowCount, of window: WindowID, to state: inout State) {
        let key = LedgerKey(window: window, part: WindowPart(of: count.fingerprint))
        guard !state.ledger.contains(key) else { return }
        guard var error = state.rows[count.fingerprint]?.error else { return }
        if error.status == .resolved, let resolved = error.resolvedMilliseconds, count.lastSeenMilliseconds > resolved {
            error.status = .regressed
        }
        error.count += count.count
        error.firstSeenMilliseconds = min(error.firstSeenMilliseconds, count.firstSeenMilliseconds)
        error.lastSeenMilliseconds = max(error.lastSeenMilliseconds, count.lastSeenMilliseconds)
        state.rows[count.fingerprint]?.error = error
    }

    // MARK: - LiveCounts

    func windows(for fingerprints: [Fingerprint]) async throws(StoreFailure) -> [LiveWindow] {
        let wanted = Set(fingerprints)
        let (windows, isAway) = state.withLock { ($0.windows, $0.isAway) }
        if isAway { throw StoreFailure(.unavailable, "away") }
        return windows.map {
            LiveWindow(id: $0.id, counts: $0.counts.values.filter { wanted.contains($0.fingerprint) })
        }
    }

    func recentlyTouched(limit: Int) async throws(StoreFailure) -> [Fingerprint] {
        let (windows, isAway) = state.withLock { ($0.windows, $0.isAway) }
        if isAway { throw StoreFailure(.unavailable, "away") }
        passBetweenListReads()
        var last: [Fingerprint: Int64] = [:]
        for count in windows.flatMap(\.counts.values) {
            last[count.fingerprint] = max(last[count.fingerprint] ?? .min, count.lastSeenMilliseconds)
        }
        return last.sorted { ($0.value, $0.key) > ($1.value, $1.key) }.prefix(limit).map(\.key)
    }

    // MARK: - ErrorReader

    /// Looks at no more rows than `examined`, as a store does whose work is bounded.
    func page(_ query: ErrorQuery) async throws(StoreFailure) -> StoredPage {
        let (rows, examined) = state.withLock { ($0.rows.values.map(\.error), $0.examined) }
        passBetweenListReads()
        let left = rows.filter { row in
            guard let cursor = query.cursor else { return true }
            return (row.value(of: cursor.sort), row.fingerprint) < (cursor.value, cursor.fingerprint)
        }
        .sorted { ($0.value(of: query.sort), $0.fingerprint) > ($1.value(of: query.sort), $1.fingerprint) }
        let looked = left.prefix(examined)
        let page = Array(looked.filter(query.matches).prefix(query.limit))
        var last: StoredError?
        if page.count == query.limit { last = page.last } else if looked.count < left.count { last = looked.last }
        let next = last.map {
            ErrorCursor(sort: query.sort, value: $0.value(of: query.sort), fingerprint: $0.fingerprint)
        }
        return StoredPage(errors: page, next: next)
    }

    func examine(atMost rows: Int) {
        state.withLock { $0.examined = rows }
    }

    func snapshot(
        of fingerprints: [Fingerprint],
        ledger windows: [LedgerKey]
    ) async throws(StoreFailure) -> ErrorSnapshot {
        passBetweenReads()
        return state.withLock { state in
            ErrorSnapshot(
                errors: fingerprints.compactMap { state.rows[$0]?.error },
                applied: state.ledger.intersection(windows)
            )
        }
    }

    func detail(
        of fingerprint: Fingerprint,
        ledger windows: [LedgerKey]
    ) async throws(StoreFailure) -> (detail: StoredErrorDetail?, applied: Set<LedgerKey>) {
        passBetweenReads()
        return state.withLock { ($0.rows[fingerprint], $0.ledger.intersection(windows)) }
    }

    private func passBetweenReads() {
        let body = state.withLock { state in
            defer { state.betweenReads = nil }
            return state.betweenReads
        }
        body?()
    }

    private func passBetweenListReads() {
        let body = state.withLock { state in
            defer { state.betweenListReads = nil }
            return state.betweenListReads
        }
        body?()
    }
}

extension StoredError {
    func value(of sort: ErrorQuery.Sort) -> Int64 {
        switch sort {
        case .lastSeenAt: lastSeenMilliseconds
        case .firstSeenAt: firstSeenMilliseconds
        case .count: Int64(clamping: count)
        }
    }
}

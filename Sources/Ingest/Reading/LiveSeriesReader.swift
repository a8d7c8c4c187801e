public import Fingerprint

/// How often an error happened over time, with what is counted and not yet applied. The order of the reads is that of
/// `LiveErrorReader`.
public struct LiveSeriesReader<Live: LiveCounts, Reader: SeriesReader>: Sendable {
    private let live: Live
    private let reader: Reader

    public init(live: Live, reader: Reader) {
        self.live = live
        self.reader = reader
    }

    /// Nil when no error has this fingerprint. `now` in Unix milliseconds.
    public func series(
        of fingerprint: Fingerprint, _ query: SeriesQuery, now: Int64
    ) async throws(StoreFailure) -> ErrorSeries? {
        var windows: [LiveWindow] = []
        var isLive = true
        do throws(StoreFailure) {
            windows = try await live.windows(for: [fingerprint])
        } catch {
            isLive = false
        }
        let stored = try await reader.steps(
            of: fingerprint, by: query.interval, in: query.minutes, ledger: windows.ledgerKeys)
        guard let (found, applied) = stored else { return nil }
        var steps = found
        for window in windows {
            for count in window.counts where count.fingerprint == fingerprint {
                guard !applied.contains(LedgerKey(window: window.id, part: WindowPart(of: fingerprint))) else {
                    continue
                }
                let more = SeriesRow.steps(of: count.tally, by: query.interval, since: now - SeriesSlot.minuteAge_ms)
                steps.merge(more) { $0.addingSaturated($1) }
            }
        }
        let starts = stride(
            from: query.minutes.lowerBound, to: query.minutes.upperBound, by: Int(query.interval.widthMinutes))
        return ErrorSeries(
            fingerprint: fingerprint, query: query, counts: starts.map { steps[$0] ?? 0 }, isLive: isLive)
    }
}

/// Occurrences of one error in equal steps of time.
public struct ErrorSeries: Sendable {
    public var fingerprint: Fingerprint
    public var query: SeriesQuery
    /// One for each step of the query, the oldest first.
    public var counts: [UInt64]
    /// False when the fast store could not be read: the figures are those of the last sync.
    public var isLive: Bool
}

extension ErrorSeries {
    /// The body of `GET /errors/{fingerprint}/timeseries`. `live` stands only where it is false.
    package var json: [UInt8] {
        var writer = JSONWriter(reserving: 256 + 4 * counts.count)
        writer.object { writer in
            writer.field("fingerprint", fingerprint.hex)
            writer.field("interval", query.interval.rawValue)
            writer.field("since", milliseconds: Int64(query.minutes.lowerBound) * 60_000)
            writer.field("until", milliseconds: Int64(query.minutes.upperBound) * 60_000)
            writer.key("counts")
            writer.array { writer in
                for count in counts { writer.integer(count) }
            }
            if !isLive { writer.field("live", false) }
        }
        return writer.bytes
    }
}

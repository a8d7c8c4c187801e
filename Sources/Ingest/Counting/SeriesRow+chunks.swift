extension SeriesRow {
    /// Hands over what `counts` add, in their order, `size` rows at a time; only the last chunk has fewer. Rows are made when they are
    /// wanted: never more at once than those of one error, and less than a chunk left from those before.
    package static func inChunks<Failure: Error>(
        of size: Int, _ counts: some Sequence<WindowCount>, minutesSince milliseconds: Int64,
        _ body: (ArraySlice<SeriesRow>) throws(Failure) -> Void
    ) throws(Failure) {
        var rows: [SeriesRow] = []
        for count in counts {
            rows += Self.rows(of: count, minutesSince: milliseconds)
            let whole = rows.count - rows.count % size
            for start in stride(from: 0, to: whole, by: size) { try body(rows[start..<start + size]) }
            rows.removeFirst(whole)
        }
        if !rows.isEmpty { try body(rows[...]) }
    }
}

import Fingerprint
import Ingest
import IngestStorage
import MySQLClient
import Testing

@Suite struct MySQLErrorReaderTests {
    /// 60 errors; times and counts repeat, so that pages end inside a tie.
    private func filled() async throws -> MySQLFixture {
        let fixture = try await MySQLFixture.migrated()
        let records = (0..<60).map { number in
            Sample.record(
                number, at: Sample.newYear + Int64(number % 7) * 1_000,
                [
                    .project: number % 2 == 0 ? "even" : "odd", .service: "service \(number % 3)",
                    .level: number % 5 == 0 ? "fatal" : "error",
                    .environment: number % 4 == 0 ? "staging" : "production",
                ]
            )
        }
        try await fixture.put(records)
        let counts = (0..<60).map { number in
            let time = Sample.newYear + Int64(number % 7) * 1_000
            return Sample.count(number, UInt64(number % 11 + 1), first: time, last: time + Int64(number % 5))
        }
        _ = try await fixture.counts.apply(window: Sample.window(1), part: Sample.part(0), counts: counts)
        try await fixture.execute(
            "UPDATE errors SET status = 'resolved', resolved_at = ? WHERE fingerprint = ?",
            [.dateTime(milliseconds: Sample.newYear), .bytes(Sample.fingerprint(8).bytes)]
        )
        return fixture
    }

    private static func sortValue(_ error: StoredError, _ sort: ErrorQuery.Sort) -> Int64 {
        switch sort {
        case .lastSeenAt: error.lastSeenMilliseconds
        case .firstSeenAt: error.firstSeenMilliseconds
        case .count: Int64(error.count)
        }
    }

    @Test(arguments: ErrorQuery.Sort.allCases, [1, 7, 60, 500])
    func pagesShowEveryErrorOnceInOrder(sort: ErrorQuery.Sort, limit: Int) async throws {
        let fixture = try await filled()
        var query = ErrorQuery()
        query.sort = sort
        query.limit = limit
        var seen: [StoredError] = []
        while seen.count < 1_000 {
            let page = try await fixture.reader.page(query).errors
            #expect(page.count <= limit)
            seen += page
            guard page.count == limit, let last = page.last else { break }
            query.cursor = ErrorCursor(sort: sort, value: Self.sortValue(last, sort), fingerprint: last.fingerprint)
        }
        #expect(seen.count == 60)
        #expect(Set(seen.map(\.fingerprint)).count == 60)
        let ordered = zip(seen, seen.dropFirst()).allSatisfy { one, next in
            let (left, right) = (Self.sortValue(one, sort), Self.sortValue(next, sort))
            return left > right || left == right && one.fingerprint > next.fingerprint
        }
        #expect(ordered)
    }

    @Test func filtersAreCombined() async throws {
        let fixture = try await filled()
        func numbers(_ change: (inout ErrorQuery) -> Void) async throws -> Set<Fingerprint> {
            var query = ErrorQuery()
            query.limit = 500
            change(&query)
            return Set(try await fixture.reader.page(query).errors.map(\.fingerprint))
        }
        func expected(_ isIncluded: (Int) -> Bool) -> Set<Fingerprint> {
            Set((0..<60).filter(isIncluded).map(Sample.fingerprint))
        }
        #expect(try await numbers { $0.project = "even" } == expected { $0 % 2 == 0 })
        #expect(try await numbers { $0.service = "service 1" } == expected { $0 % 3 == 1 })
        #expect(try await numbers { $0.level = "fatal" } == expected { $0 % 5 == 0 })
        #expect(try await numbers { $0.environment = "staging" } == expected { $0 % 4 == 0 })
        #expect(try await numbers { $0.status = .resolved } == [Sample.fingerprint(8)])
        #expect(
            try await numbers { $0.sinceMilliseconds = Sample.newYear + 6_000 } == expected { $0 % 7 == 6 }
        )
        let combined = try await numbers { query in
            query.project = "even"
            query.service = "service 0"
            query.environment = "staging"
            query.status = .unresolved
        }
        #expect(combined == expected { $0 % 12 == 0 && $0 != 8 })
        #expect(try await numbers { $0.project = "Even" }.isEmpty)
        #expect(try await numbers { $0.project = "' OR 1=1 -- " }.isEmpty)
    }

    @Test func anyTimeAndCursorMayBeAskedFor() async throws {
        let fixture = try await filled()
        var query = ErrorQuery()
        query.sinceMilliseconds = .min
        #expect(try await fixture.reader.page(query).errors.count == 50)
        query.sinceMilliseconds = .max
        #expect(try await fixture.reader.page(query).errors.isEmpty)
        query.sinceMilliseconds = nil
        for sort in ErrorQuery.Sort.allCases {
            query.sort = sort
            query.cursor = ErrorCursor(sort: sort, value: .max, fingerprint: Sample.fingerprint(0))
            #expect(try await fixture.reader.page(query).errors.count == 50)
            query.cursor = ErrorCursor(sort: sort, value: .min, fingerprint: Sample.fingerprint(0))
            #expect(try await fixture.reader.page(query).errors.isEmpty)
        }
    }

    @Test func aSnapshotHasRowsAndLedgerOfOneMoment() async throws {
        let fixture = try await filled()
        let key = LedgerKey(window: Sample.window(1), part: Sample.part(0))
        let keys = [
            key, LedgerKey(window: Sample.window(1), part: Sample.part(1)),
            LedgerKey(window: Sample.window(2), part: Sample.part(0)),
        ]
        let asked = (0..<700).map(Sample.fingerprint)
        let snapshot = try await fixture.reader.snapshot(of: asked, ledger: keys)
        #expect(Set(snapshot.errors.map(\.fingerprint)) == Set((0..<60).map(Sample.fingerprint)))
        #expect(snapshot.applied == [key])
        let none = try await fixture.reader.snapshot(of: [], ledger: [])
        #expect(none.errors.isEmpty && none.applied.isEmpty)
    }

    /// While a sync adds windows, count + ledger must always agree: never a window in the ledger and not in the count.
    @Test func rowsAndLedgerAgreeWhileWindowsAreApplied() async throws {
        let fixture = try await MySQLFixture.migrated()
        let windows = 40
        let keys = (0..<windows).map { LedgerKey(window: Sample.window($0), part: Sample.part(0)) }
        async let applying: Void = {
            for window in 0..<windows {
                _ = try await fixture.counts.apply(
                    window: Sample.window(window), part: Sample.part(0), counts: [Sample.count(1, 1)]
                )
            }
        }()
        var last = 0
        while last < windows {
            let snapshot = try await fixture.reader.snapshot(
                of: [Sample.fingerprint(1)], ledger: keys
            )
            #expect(Int(snapshot.errors.first?.count ?? 0) == snapshot.applied.count)
            last = snapshot.applied.count
        }
        try await applying
    }

    @Test func anUnknownErrorIsNil() async throws {
        let fixture = try await MySQLFixture.migrated()
        let (detail, applied) = try await fixture.reader.detail(
            of: Sample.fingerprint(1), ledger: [LedgerKey(window: Sample.window(1), part: Sample.part(0))]
        )
        #expect(detail == nil)
        #expect(applied.isEmpty)
    }

    @Test func anErrorWithoutDetailsYetIsShown() async throws {
        let fixture = try await MySQLFixture.migrated()
        _ = try await fixture.counts.apply(
            window: Sample.window(1), part: Sample.part(0), counts: [Sample.count(1, 3)]
        )
        let detail = try #require(try await fixture.reader.detail(of: Sample.fingerprint(1), ledger: []).detail)
        #expect(detail.error.count == 3)
        #expect(detail.error.message == nil)
        #expect(detail.groupingVersion == nil)
        #expect(try await fixture.reader.page(ErrorQuery()).errors.count == 1)
    }
}

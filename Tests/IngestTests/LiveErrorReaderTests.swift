import Fingerprint
import Ingest
import QueueCore
import Testing

@Suite struct LiveErrorReaderTests {
    private static let base = receivedMilliseconds

    /// Spread over the parts, and in the order of the number within one part.
    private static func fingerprint(_ number: Int) -> Fingerprint {
        var bytes = [UInt8](repeating: 0, count: 32)
        bytes[0] = UInt8(truncatingIfNeeded: number &* 37)
        bytes[31] = UInt8(truncatingIfNeeded: number)
        guard let fingerprint = Fingerprint(bytes: bytes) else { preconditionFailure("32 bytes") }
        return fingerprint
    }

    private static func error(_ number: Int, count: UInt64 = 1, seen: Int64? = nil) -> StoredError {
        let seen = base + (seen ?? Int64(number))
        return StoredError(
            fingerprint: fingerprint(number), count: count, firstSeenMilliseconds: seen, lastSeenMilliseconds: seen
        )
    }

    private static func query(
        limit: Int = 50, sort: ErrorQuery.Sort = .lastSeenAt, since: Int64? = nil, status: ErrorStatus? = nil
    ) -> ErrorQuery {
        var query = ErrorQuery()
        query.limit = limit
        query.sort = sort
        query.sinceMilliseconds = since
        query.status = status
        return query
    }

    private func list(_ stores: LiveStoresFake, _ query: ErrorQuery) async throws -> [Int64] {
        try await stores.reader.list(query).errors.map { $0.lastSeenMilliseconds - Self.base }
    }

    // MARK: - Exact figures

    @Test func unappliedWindowsAreAdded() async throws {
        let stores = LiveStoresFake()
        stores.store(Self.error(1, count: 5, seen: 100))
        stores.touch(Self.fingerprint(1), at: Self.base + 300, times: 2)
        stores.seal()
        stores.touch(Self.fingerprint(1), at: Self.base + 50, times: 4)
        stores.touch(Self.fingerprint(2), at: Self.base + 50)

        let detail = try #require(try await stores.reader.detail(of: Self.fingerprint(1)))
        #expect(detail.isLive)
        #expect(detail.error.error.count == 11)
        #expect(detail.error.error.firstSeenMilliseconds == Self.base + 50)
        #expect(detail.error.error.lastSeenMilliseconds == Self.base + 300)

        let page = try await stores.reader.list(Self.query())
        #expect(page.isLive)
        #expect(page.nextCursor == nil)
        // An error whose row the worker has not written yet is not shown.
        #expect(page.errors.map(\.fingerprint) == [Self.fingerprint(1)])
        #expect(page.errors.map(\.count) == [11])
    }

    /// Every moment at which the sync can come between the two reads: nothing is doubled and nothing is missed.
    @Test(arguments: [true, false], [true, false])
    func aWindowAppliedBetweenTheReadsIsShownOnce(dropped: Bool, listed: Bool) async throws {
        let stores = LiveStoresFake()
        for number in 1...20 { stores.store(Self.error(number, count: 10)) }
        for number in 1...20 { stores.touch(Self.fingerprint(number), at: Self.base + 500, times: UInt64(number)) }
        stores.betweenReads { stores.sync(dropping: dropped) }
        if listed {
            let page = try await stores.reader.list(Self.query())
            #expect(page.errors.count == 20)
            for error in page.errors {
                #expect(error.count == 10 + UInt64(error.fingerprint.bytes[31]))
            }
        } else {
            let detail = try #require(try await stores.reader.detail(of: Self.fingerprint(7)))
            #expect(detail.error.error.count == 17)
        }
        // And the same ever after.
        let detail = try #require(try await stores.reader.detail(of: Self.fingerprint(7)))
        #expect(detail.error.error.count == 17)
    }

    @Test func anAppliedWindowThatWaitsForItsDropIsShownOnce() async throws {
        let stores = LiveStoresFake()
        stores.store(Self.error(1, count: 3))
        stores.touch(Self.fingerprint(1), at: Self.base + 500, times: 4)
        stores.sync(dropping: false)
        stores.touch(Self.fingerprint(1), at: Self.base + 600, times: 8)
        let detail = try #require(try await stores.reader.detail(of: Self.fingerprint(1)))
        #expect(detail.error.error.count == 15)
    }

    @Test func anUnknownErrorHasNoDetail() async throws {
        let stores = LiveStoresFake()
        stores.touch(Self.fingerprint(1), at: Self.base)
        #expect(try await stores.reader.detail(of: Self.fingerprint(1)) == nil)
    }

    @Test(arguments: [
        (ErrorStatus.resolved, Int64(1), ErrorStatus.regressed), (.resolved, 0, .resolved), (.resolved, -1, .resolved),
        (.ignored, 1, .ignored), (.unresolved, 1, .unresolved),
    ])
    func aResolvedErrorSeenLaterIsRegressedAtOnce(status: ErrorStatus, later: Int64, expected: ErrorStatus) async throws
    {
        let stores = LiveStoresFake()
        var error = Self.error(1)
        error.status = status
        error.resolvedMilliseconds = Self.base + 1_000
        stores.store(error)
        stores.touch(Self.fingerprint(1), at: Self.base + 1_000 + later)
        #expect(try await stores.reader.detail(of: Self.fingerprint(1))?.error.error.status == expected)
        #expect(try await stores.reader.list(Self.query()).errors.map(\.status) == [expected])
    }

    // MARK: - The fast store is away

    @Test func withoutTheFastStoreTheStoredFiguresAreShown() async throws {
        let stores = LiveStoresFake()
        for number in 1...3 { stores.store(Self.error(number, count: 5)) }
        stores.touch(Self.fingerprint(1), at: Self.base + 900, times: 2)
        stores.goAway()
        let page = try await stores.reader.list(Self.query(limit: 2))
        #expect(!page.isLive)
        #expect(page.errors.map(\.fingerprint) == [Self.fingerprint(3), Self.fingerprint(2)])
        #expect(page.errors.map(\.count) == [5, 5])
        #expect(String(decoding: page.json, as: UTF8.self).hasSuffix(#","live":false}"#))

        let detail = try #require(try await stores.reader.detail(of: Self.fingerprint(1)))
        #expect(!detail.isLive)
        #expect(detail.error.error.count == 5)
        #expect(String(decoding: detail.error.json(isLive: false), as: UTF8.self).hasSuffix(#","live":false}"#))
        #expect(!String(decoding: detail.error.json(isLive: true), as: UTF8.self).contains("live"))
    }

    @Test func anEmptyListWithoutTheFastStoreSaysSo() async throws {
        let stores = LiveStoresFake()
        stores.goAway()
        let page = try await stores.reader.list(Self.query())
        #expect(String(decoding: page.json, as: UTF8.self) == #"{"errors":[],"nextCursor":null,"live":false}"#)
    }

    // MARK: - Page 1

    @Test func errorsTouchedInUnappliedWindowsComeFirst() async throws {
        let stores = LiveStoresFake()
        for number in 1...10 { stores.store(Self.error(number)) }
        stores.touch(Self.fingerprint(1), at: Self.base + 100)
        stores.touch(Self.fingerprint(4), at: Self.base + 200)
        #expect(try await list(stores, Self.query(limit: 4)) == [200, 100, 10, 9])
        #expect(try await list(stores, Self.query(limit: 1)) == [200])
    }

    /// A stored row at the end of the page may be the one touched last.
    @Test(arguments: 1...5) func whatWasTouchedLastIsNeverPushedOffPageOne(limit: Int) async throws {
        let stores = LiveStoresFake()
        for number in 1...10 { stores.store(Self.error(number)) }
        for number in [3, 6, 7, 9, 10] { stores.touch(Self.fingerprint(number), at: Self.base + 200 - Int64(number)) }
        let newest: [Int64] = [197, 194, 193, 191, 190]
        #expect(try await list(stores, Self.query(limit: limit)) == Array(newest.prefix(limit)))
    }

    /// Applied and dropped while the errors of page 1 are being chosen.
    @Test(arguments: [true, false], [1, 3])
    func whatIsAppliedWhileItIsChosenIsOnPageOne(dropped: Bool, limit: Int) async throws {
        let stores = LiveStoresFake()
        for number in 1...10 { stores.store(Self.error(number)) }
        stores.touch(Self.fingerprint(2), at: Self.base + 200)
        stores.betweenListReads { stores.sync(dropping: dropped) }
        #expect(try await list(stores, Self.query(limit: limit)) == Array([200, 10, 9].prefix(limit)))
    }

    @Test func otherOrdersAreByLiveValuesToo() async throws {
        let stores = LiveStoresFake()
        for number in 1...9 { stores.store(Self.error(number, count: UInt64(number))) }
        stores.touch(Self.fingerprint(2), at: Self.base - 50, times: 100)
        stores.touch(Self.fingerprint(1), at: Self.base + 50, times: 5)
        let counts = try await stores.reader.list(Self.query(limit: 3, sort: .count)).errors.map(\.count)
        #expect(counts == [102, 9, 8])
        let first = try await stores.reader.list(Self.query(sort: .firstSeenAt)).errors.map(\.firstSeenMilliseconds)
        #expect(first == [9, 8, 7, 6, 5, 4, 3, 1, -50].map { Self.base + $0 })
    }

    @Test func sinceLooksAtLiveValues() async throws {
        let stores = LiveStoresFake()
        for number in 1...5 { stores.store(Self.error(number)) }
        #expect(try await list(stores, Self.query(since: Self.base + 4)) == [5, 4])
        stores.touch(Self.fingerprint(1), at: Self.base + 40)
        // Touched, but too long ago.
        stores.touch(Self.fingerprint(2), at: Self.base + 3)
        #expect(try await list(stores, Self.query(since: Self.base + 4)) == [40, 5, 4])
        #expect(try await list(stores, Self.query(since: Self.base + 41)) == [])
    }

    @Test func candidatesMeetTheFilters() async throws {
        let stores = LiveStoresFake()
        for number in 1...4 {
            var error = Self.error(number)
            error.project = number % 2 == 0 ? "even" : "odd"
            error.service = "s\(number)"
            stores.store(error)
            stores.touch(Self.fingerprint(number), at: Self.base + 100 + Int64(number))
        }
        var query = Self.query(limit: 1)
        query.project = "even"
        #expect(try await list(stores, query) == [104])
        query = Self.query()
        query.service = "s3"
        #expect(try await list(stores, query) == [103])
    }

    @Test func searchHoldsForCandidates() async throws {
        let stores = LiveStoresFake()
        for (number, message) in ["gateway timed out", "out of memory", "timeout of the gateway"].enumerated() {
            var error = Self.error(number + 1)
            error.message = message
            stores.store(error)
            stores.touch(Self.fingerprint(number + 1), at: Self.base + 100 + Int64(number))
        }
        var query = Self.query(limit: 1)
        query.search = try SearchQuery("gateway time")
        #expect(try await list(stores, query) == [102])
        query.limit = 5
        #expect(try await list(stores, query) == [102, 100])
    }

    /// An error that has just happened again is regressed, whatever the stored row says.
    @Test func theStatusFilterLooksAtTheLiveStatus() async throws {
        let stores = LiveStoresFake()
        for number in 1...3 {
            var error = Self.error(number)
            error.status = .resolved
            error.resolvedMilliseconds = Self.base + 50
            stores.store(error)
        }
        stores.touch(Self.fingerprint(2), at: Self.base + 60)
        #expect(try await list(stores, Self.query(status: .resolved)) == [3, 1])
        #expect(try await list(stores, Self.query(status: .regressed)) == [60])
        // On a full page too.
        #expect(try await list(stores, Self.query(limit: 2, status: .resolved)) == [3])
    }

    /// A store that looks at a bounded number of rows gives pages with few rows, or none, and a cursor.
    @Test(arguments: [1, 2, 5]) func aPageThatEndsEarlyHasACursor(examined: Int) async throws {
        let stores = LiveStoresFake()
        for number in 1...20 {
            var error = Self.error(number)
            error.service = number % 9 == 0 ? "rare" : "common"
            stores.store(error)
        }
        stores.examine(atMost: examined)
        var query = Self.query(limit: 3)
        query.service = "rare"
        var seen: [Int64] = []
        var pages = 0
        repeat {
            let page = try await stores.reader.list(query)
            seen += page.errors.map { $0.lastSeenMilliseconds - Self.base }
            query.cursor = page.nextCursor
            pages += 1
        } while query.cursor != nil && pages < 30
        #expect(seen == [18, 9])
        #expect(pages == (20 + examined - 1) / examined)
    }

    // MARK: - All pages

    @Test(arguments: [1, 2, 3, 7, 50], 1...8)
    func everyStoredErrorIsOnAPage(limit: Int, seed: Int) async throws {
        for sort in ErrorQuery.Sort.allCases {
            var random = SeededRandom(seed: UInt64(seed))
            let stores = LiveStoresFake()
            let total = Int.random(in: 1...25, using: &random)
            for number in 1...total {
                // Few different values, so that the fingerprint has to decide.
                let seen = Int64.random(in: 0...9, using: &random)
                stores.store(Self.error(number, count: UInt64.random(in: 1...3, using: &random), seen: seen))
            }
            var query = Self.query(limit: limit, sort: sort)
            var shown: Set<Fingerprint> = []
            var pages = 0
            repeat {
                // Errors go on happening while somebody reads.
                for _ in 0..<Int.random(in: 0...6, using: &random) {
                    let number = Int.random(in: 1...total, using: &random)
                    stores.touch(
                        Self.fingerprint(number), at: Self.base + Int64.random(in: -20...2_000, using: &random)
                    )
                }
                let page = try await stores.reader.list(query)
                #expect(page.errors.count <= limit)
                #expect(Set(page.errors.map(\.fingerprint)).count == page.errors.count)
                let values = page.errors.map { $0.value(of: sort) }
                #expect(values == values.sorted(by: >))
                shown.formUnion(page.errors.map(\.fingerprint))
                query.cursor = page.nextCursor
                pages += 1
            } while query.cursor != nil && pages <= 2 * total + 2
            #expect(query.cursor == nil, "no end after \(pages) pages")
            #expect(shown == stores.storedFingerprints)
        }
    }

    /// What is touched before page 1 is read and applied right after it moves to the front: it was on page 1 or is yet to come.
    @Test(arguments: [1, 2, 3, 7], 1...8)
    func aSyncAfterPageOneHidesNothing(limit: Int, seed: Int) async throws {
        var random = SeededRandom(seed: UInt64(seed))
        let stores = LiveStoresFake()
        let total = 15
        for number in 1...total { stores.store(Self.error(number)) }
        for _ in 0..<Int.random(in: 1...limit, using: &random) {
            let number = Int.random(in: 1...total, using: &random)
            stores.touch(Self.fingerprint(number), at: Self.base + Int64.random(in: 100...200, using: &random))
        }
        var query = Self.query(limit: limit)
        var shown: Set<Fingerprint> = []
        for page in 0...2 * total {
            let answer = try await stores.reader.list(query)
            shown.formUnion(answer.errors.map(\.fingerprint))
            if page == 0 { stores.sync(dropping: true) }
            query.cursor = answer.nextCursor
            if query.cursor == nil { break }
        }
        #expect(query.cursor == nil)
        #expect(shown == stores.storedFingerprints)
    }

    // MARK: - JSON

    @Test func aPageAsJSON() async throws {
        var error = Self.error(1, count: 12_345_678_901, seen: 0)
        error.lastSeenMilliseconds += 86_400_001
        error.project = "shop"
        error.type = "TypeError"
        error.message = "x is \"undefined\"\nat 1 – ü"
        error.level = "error"
        error.service = "web"
        error.environment = "production"
        error.release = "1.2.3"
        error.status = .regressed
        let bare = StoredError(
            fingerprint: Self.fingerprint(0), count: 7, firstSeenMilliseconds: 0, lastSeenMilliseconds: 999
        )
        let stores = LiveStoresFake()
        for error in [error, bare, Self.error(2)] { stores.store(error) }
        let page = try await stores.reader.list(Self.query(limit: 2, sort: .count))
        let zeros = String(repeating: "00", count: 30)
        #expect(
            String(decoding: page.json, as: UTF8.self) == """
                {"errors":[{"fingerprint":"25\(zeros)01","project":"shop","type":"TypeError",\
                "message":"x is \\"undefined\\"\\nat 1 – ü","level":"error","service":"web","environment":"production",\
                "release":"1.2.3","status":"regressed","resolvedAt":null,\
                "resolvedInRelease":null,"count":12345678901,"firstSeenAt":"2023-11-14T22:13:20.000Z",\
                "lastSeenAt":"2023-11-15T22:13:20.001Z"},\
                {"fingerprint":"00\(zeros)00","project":null,"type":null,"message":null,"level":null,"service":null,\
                "environment":null,"release":null,"status":"unresolved","resolvedAt":null,"resolvedInRelease":null,"count":7,\
                "firstSeenAt":"1970-01-01T00:00:00.000Z","lastSeenAt":"1970-01-01T00:00:00.999Z"}],\
                "nextCursor":"count.7.00\(zeros)00"}
                """
        )
    }

    @Test func aDetailAsJSON() throws {
        var detail = StoredErrorDetail(error: Self.error(0, seen: 0))
        let zeros = String(repeating: "0", count: 64)
        let row = """
            {"fingerprint":"\(zeros)","project":null,"type":null,"message":null,"level":null,"service":null,\
            "environment":null,"release":null,"status":"unresolved","resolvedAt":null,"resolvedInRelease":null,"count":1,\
            "firstSeenAt":"2023-11-14T22:13:20.000Z","lastSeenAt":"2023-11-14T22:13:20.000Z",
            """
        #expect(
            String(decoding: detail.json(isLive: true), as: UTF8.self)
                == row + #""stackTrace":null,"context":null,"grouping":null}"#
        )
        detail.stackTrace = "at f\n\tat g"
        detail.contextJSON = #"{"user":{"id":7}}"#
        detail.groupingVersion = 1
        detail.groupingPartsJSON = #"[{"name":"message","value":"m"}]"#
        #expect(
            String(decoding: detail.json(isLive: false), as: UTF8.self)
                == row + #""stackTrace":"at f\n\tat g","context":{"user":{"id":7}},"#
                + #""grouping":{"version":1,"parts":[{"name":"message","value":"m"}]},"live":false}"#
        )
    }
}

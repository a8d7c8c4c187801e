import Fingerprint
public import Ingest
public import MySQLClient
public import QueueCore

/// Where the worker of the error path makes records durable: `errors`, `error_details`, `occurrences`, `error_words`, `facets` and
/// `dead_letters`, in one transaction.
public struct MySQLErrorStore: BatchStore {
    private let pool: MySQLPool
    private let thinning: OccurrenceThinning
    private let recentFacets = RecentKeys<Facet>(limit: 20_000)

    public init(pool: MySQLPool, thinning: OccurrenceThinning = OccurrenceThinning()) {
        self.pool = pool
        self.thinning = thinning
    }

    public func transaction<R: Sendable>(
        _ body: @Sendable (inout MySQLErrorTransaction) throws(WorkFailure) -> R
    ) async throws(WorkFailure) -> R {
        let (result, facets, known) = try await pool.withTransaction("store_errors") {
            (connection) throws(WorkFailure) in
            let known = recentFacets.begin(on: connection.session.number)
            var transaction = MySQLErrorTransaction(
                session: connection.session, thinning: thinning, recentFacets: recentFacets)
            return (try body(&transaction), transaction.facets, known)
        }
        recentFacets.insert(facets, of: known)
        return result
    }
}

/// One open transaction of the worker; lives on its connection's thread.
public struct MySQLErrorTransaction: BatchTransaction {
    private static let savepoint: StaticString = "batch"

    private let session: MySQLSession
    private let thinning: OccurrenceThinning
    private let recentFacets: RecentKeys<Facet>
    /// Those written so far.
    private(set) var facets: Set<Facet> = []

    init(session: MySQLSession, thinning: OccurrenceThinning, recentFacets: RecentKeys<Facet>) {
        self.session = session
        self.thinning = thinning
        self.recentFacets = recentFacets
    }

    public mutating func store(_ records: ArraySlice<QueueRecord>) throws(WorkFailure) {
        let decoded = try Self.decode(records)
        try run { () throws(MySQLError) in try session.savepoint(Self.savepoint) }
        do throws(WorkFailure) {
            try insert(decoded)
        } catch {
            // Only a bad record leaves the transaction of use; it must be as it was.
            if error.class == .data {
                try run { () throws(MySQLError) in try session.rollback(to: Self.savepoint) }
            }
            throw error
        }
    }

    public mutating func bury(_ letters: [DeadLetter]) throws(WorkFailure) {
        try deadLetters.bury(letters) { try? ErrorRecord(decoding: $0.payload).fingerprint.bytes }
    }

    public mutating func markReplayed(_ keys: [[UInt8]]) throws(WorkFailure) {
        try deadLetters.markReplayed(keys)
    }

    private var deadLetters: DeadLetterRows { DeadLetterRows(session: session, queue: ErrorQueue.name) }

    // MARK: - Parts

    /// Sorted by fingerprint: two workers that lock the same rows in the same order cannot deadlock. The records of one fingerprint keep
    /// their order.
    private static func decode(_ records: ArraySlice<QueueRecord>) throws(WorkFailure) -> [ErrorRecord] {
        var decoded: [(index: Int, record: ErrorRecord)] = []
        decoded.reserveCapacity(records.count)
        for (index, record) in records.enumerated() {
            do throws(RecordError) {
                decoded.append((index, try ErrorRecord(decoding: record.payload)))
            } catch {
                // A newer worker can store a record of a newer version: it is never buried.
                throw WorkFailure(error.code == .unknownVersion ? .newerFormat : .data, code: 0, message: error.message)
            }
        }
        decoded.sort { ($0.record.fingerprint, $0.index) < ($1.record.fingerprint, $1.index) }
        return decoded.map(\.record)
    }

    private mutating func insert(_ records: [ErrorRecord]) throws(WorkFailure) {
        var errors = RowBatch()
        var details = RowBatch()
        var distinct: [(record: ErrorRecord, text: SearchText)] = []
        var facets: Set<Facet> = []
        for record in records {
            facets.formUnion(record.facets)
            if record.fingerprint == distinct.last?.record.fingerprint { continue }
            let text = record.searchText
            errors.append { record.appendError(text.bits, to: &$0) }
            details.append { record.appendDetails(to: &$0) }
            distinct.append((record, text))
        }
        // Errors first, then details, occurrences, words, facets: every writer of these tables keeps this order.
        try errors.execute(Statements.insertErrors, in: session)
        let newCount = try details.insertUnknown(Statements.insertErrorDetails, in: session)
        try OccurrenceRows(thinning: thinning, session: session)
            .store(records, areAllNew: newCount == distinct.count)
        try ErrorWordRows(session: session).store(distinct, newCount: newCount)
        try insert(facets)
    }

    private mutating func insert(_ seen: Set<Facet>) throws(WorkFailure) {
        let new = recentFacets.unknown(among: seen.subtracting(facets)) { $0 }
        var rows = RowBatch()
        for facet in new.sorted() { rows.append(facet.row) }
        try rows.execute(FacetStatements.upsert, in: session)
        facets.formUnion(new)
    }

    @discardableResult
    private func run<R>(_ body: () throws(MySQLError) -> R) throws(WorkFailure) -> R {
        do throws(MySQLError) {
            return try body()
        } catch {
            throw WorkFailure(mysql: error)
        }
    }
}

import Fingerprint
import Ingest
import MySQLClient

/// Gathers one page of a list on a connection, with a bounded amount of work.
///
/// The statements find candidates; every candidate's row is read and compared with the query before it is shown, since the indexes hold
/// digests. The ways to candidates, from the cheapest:
/// 1. the index in the order of the list holds the list and nothing else;
/// 2. a word of the search is rare: the errors that have it are looked up and sorted;
/// 3. the index is walked in steps, passing over what does not match; between the steps, an index that turns out to hold few rows of
///    the list is sorted instead.
/// When the bound is reached the page ends early, with the position it has come to.
struct PageSearch {
    private enum Outcome { case full, exhausted, spent }

    private let query: ErrorQuery
    private let statements: ListStatements
    private let limits: PageLimits
    private let session: MySQLSession

    private var errors: [StoredError] = []
    private var position: ErrorCursor?
    private var rejected = 0

    init(_ query: ErrorQuery, _ limits: PageLimits, _ session: MySQLSession) {
        self.query = query
        self.limits = limits
        self.session = session
        statements = ListStatements(query)
        position = query.cursor
    }

    mutating func run() throws(StoreFailure) -> StoredPage {
        let isDone = try search()
        return StoredPage(errors: errors, next: isDone ? nil : position)
    }

    /// Returns whether nothing of the list is left after `position`.
    private mutating func search() throws(StoreFailure) -> Bool {
        if statements.isExact { return try take(from: statements.ordered) == .exhausted }
        if let words = query.search?.indexedWords, let few = try rareErrors(words) { return try take(few) }
        let index = statements.ordered
        for (number, steps) in (statements.covers(index) ? limits.steps : limits.costlySteps).enumerated() {
            if number == 1, let few = try narrowIndex() { return try take(from: few) == .exhausted }
            let rows = try rows(of: statements.position(in: index, after: position, steps: steps))
            let end = try rows.first.map(cursor)
            switch try take(from: index, through: end) {
            case .full, .spent: return false
            case .exhausted:
                guard let end else { return true }
                position = end
            }
        }
        return false
    }

    /// An index that holds few rows of the list.
    private func narrowIndex() throws(StoreFailure) -> ListIndex? {
        for index in statements.narrow
        where try rows(of: statements.exceeds(statements.few(in: index, limits), in: index)).isEmpty {
            return index
        }
        return nil
    }

    // MARK: - Taking candidates

    private mutating func take(
        from index: ListIndex, through end: ErrorCursor? = nil
    ) throws(StoreFailure) -> Outcome {
        while true {
            // Rows that turn out not to match are few but for phrases and for words that share their bits.
            let wanted = min(ErrorQuery.maxLimit, max(query.limit - errors.count, rejected == 0 ? 1 : 100))
            let statement = statements.candidates(in: index, after: position, through: end, limit: wanted)
            let candidates = try rows(of: statement).map(cursor)
            let outcome = try take(candidates[...])
            if outcome != .exhausted { return outcome }
            if candidates.count < wanted { return .exhausted }
        }
    }

    /// Those of few errors that are in the list; returns whether no one is left.
    private mutating func take(_ fingerprints: [Fingerprint]) throws(StoreFailure) -> Bool {
        var found: [ErrorCursor] = []
        for part in MultiRowSQL.filled(fingerprints) {
            found += try rows(of: statements.chosen(part, after: position)).map(cursor)
        }
        found.sort { ($0.value, $0.fingerprint) > ($1.value, $1.fingerprint) }
        var start = 0
        while start < found.count {
            let part = found[start..<min(found.count, start + max(query.limit - errors.count, 50))]
            if try take(part) != .exhausted { return false }
            start = part.endIndex
        }
        return true
    }

    /// Reads the rows of candidates and keeps those that match, until the page is full.
    private mutating func take(_ candidates: ArraySlice<ErrorCursor>) throws(StoreFailure) -> Outcome {
        var rows: [Fingerprint: StoredError] = [:]
        for error in try MySQLErrorReader.errors(candidates.map(\.fingerprint), session) {
            rows[error.fingerprint] = error
        }
        for candidate in candidates {
            position = candidate
            if let error = rows[candidate.fingerprint], query.matches(error) {
                errors.append(error)
                if errors.count == query.limit { return .full }
            } else {
                rejected += 1
                if rejected == limits.maxRejected { return .spent }
            }
        }
        return .exhausted
    }

    // MARK: - Words

    /// The errors that have the first rare word; nil when there is no rare word.
    private func rareErrors(_ words: [SearchWord]) throws(StoreFailure) -> [Fingerprint]? {
        let weeks = try weeks()
        for word in words
        where try rows(of: WordStatements.exceeds(limits.fewErrors, with: word, weeks: weeks)).isEmpty {
            let found = try rows(of: WordStatements.errors(with: word, weeks: weeks, limit: limits.fewErrors))
            return Array(Set(found.compactMap { $0[0].byteArray.flatMap(Fingerprint.init(bytes:)) }))
        }
        return nil
    }

    private func weeks() throws(StoreFailure) -> [Int64] {
        try rows(of: WordStatements.weeks).compactMap { $0[0].int64 }
    }

    // MARK: - Calls

    private func rows(of statement: ListStatement) throws(StoreFailure) -> [[MySQLValue]] {
        do throws(MySQLError) {
            return try session.execute(statement.sql, statement.values).rows
        } catch {
            throw StoreFailure(mysql: error)
        }
    }

    /// A row of sort value and fingerprint.
    private func cursor(_ row: [MySQLValue]) throws(StoreFailure) -> ErrorCursor {
        guard row.count == 2, let value = query.sort.cursorValue(row[0]),
            let fingerprint = row[1].byteArray.flatMap(Fingerprint.init(bytes:))
        else { throw StoreFailure(.corrupt, "an index of errors has a shape no version of this service makes") }
        return ErrorCursor(sort: query.sort, value: value, fingerprint: fingerprint)
    }
}

import Ingest
import MySQLClient

/// Reads one answer on a connection.
struct StatsSession {
    let session: MySQLSession
    let maxSampleRows: Int

    func counts(_ query: StatsQuery) throws(StoreFailure) -> (views: UInt64, users: UserCount) {
        guard let range = query.range else {
            guard let row = try rows(StatsStatements.ever(query.siteID)).first else {
                return (0, UserCount(exactly: 0))
            }
            return (try number(row[0]), UserCount(exactly: try number(row[1])))
        }
        return (try number(StatsStatements.views(query.siteID, in: range)), try users(query, range))
    }

    private func users(_ query: StatsQuery, _ range: SlotRange) throws(StoreFailure) -> UserCount {
        let userDays = try number(StatsStatements.userDays(query.siteID, in: range.days))
        if range.singleDay != nil { return UserCount(exactly: userDays) }
        let sample =
            query.wantsExactUsers ? .everybody : UserSample(userDays: userDays, maxRows: maxSampleRows)
        return sample.count(distinct: try number(StatsStatements.users(query.siteID, in: range, sample)))
    }

    /// The names of paths are looked up for those in the answer alone, and for those that share the views of the last one: which of these
    /// are in it goes by their names.
    func topPaths(_ query: StatsQuery) throws(StoreFailure) -> [PathViews] {
        var top: [(key: MySQLValue, views: UInt64)] = []
        for row in try rows(StatsStatements.topPaths(query.siteID, in: query.range, limit: query.limit + 1)) {
            top.append((row[0], try number(row[1])))
        }
        var last: [PathViews] = []
        if top.count > query.limit, let views = top.last?.views {
            top.removeLast()
            if views == top.last?.views {
                let all = top.count
                top.removeAll { $0.views == views }
                let tied = StatsStatements.paths(
                    query.siteID, in: query.range, viewed: views, limit: all - top.count)
                last = try rows(tied).map { PathViews(path: $0[0].string ?? "", views: views) }
            }
        }
        let names = try names(of: top.map(\.key))
        let paths = top.map { PathViews(path: names[$0.key] ?? "", views: $0.views) }
        return paths.sorted { one, other in
            one.views == other.views
                ? one.path.utf8.lexicographicallyPrecedes(other.path.utf8) : one.views > other.views
        } + last
    }

    private func names(of keys: [MySQLValue]) throws(StoreFailure) -> [MySQLValue: String] {
        var names: [MySQLValue: String] = [:]
        for range in MultiRowSQL.split(0..<keys.count) {
            let statement = ListStatement(sql: StatsStatements.names(rows: range.count), values: Array(keys[range]))
            for row in try rows(statement) { names[row[0]] = row[1].string }
        }
        return names
    }

    func steps(_ query: StatsSeriesQuery) throws(StoreFailure) -> [StatsStep] {
        var counts: [StatsCount] = []
        for row in try rows(StatsStatements.steps(query)) {
            counts.append(
                StatsCount(
                    slot: Int(clamping: try number(row[0])), events: try number(row[1]), views: try number(row[2]),
                    users: try number(row[3])))
        }
        return query.steps(of: counts)
    }

    // MARK: - Calls

    private func rows(_ statement: ListStatement) throws(StoreFailure) -> [[MySQLValue]] {
        do throws(MySQLError) {
            return try session.execute(statement.sql, statement.values).rows
        } catch {
            throw StoreFailure(mysql: error)
        }
    }

    private func number(_ statement: ListStatement) throws(StoreFailure) -> UInt64 {
        guard let row = try rows(statement).first else { return 0 }
        return try number(row[0])
    }

    private func number(_ value: MySQLValue) throws(StoreFailure) -> UInt64 {
        guard let number = value.uint64 else { throw StoreFailure(.corrupt, "a count of events is no number") }
        return number
    }
}

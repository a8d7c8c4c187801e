public import Ingest
public import MySQLClient

/// Reads the values that filters can have from `facets`.
public struct MySQLFacetReader: FacetReader {
    private let pool: MySQLPool

    public init(pool: MySQLPool) {
        self.pool = pool
    }

    public func facets(_ query: FacetQuery) async throws(StoreFailure) -> FacetPage {
        let statement = FacetStatements.page(query)
        return try await pool.withConnection("list_facets") { (connection) throws(StoreFailure) in
            let rows: [[MySQLValue]]
            do throws(MySQLError) {
                rows = try connection.session.execute(statement.sql, statement.values).rows
            } catch {
                throw StoreFailure(mysql: error)
            }
            let values = rows.prefix(query.limit).compactMap { $0[0].string }
            return FacetPage(values: values, nextCursor: rows.count > query.limit ? values.last : nil)
        }
    }
}

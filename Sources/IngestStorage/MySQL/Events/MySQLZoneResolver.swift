public import Ingest
public import MySQLClient

/// Knows the zones that the server's zone tables have. Its times end with 2037; later ones count as UTC.
public struct MySQLZoneResolver: ZoneResolver {
    /// Width of `mysql.time_zone_name.Name`.
    private static let maxNameBytes = 64
    private static let convert = Statements.rows(template: "SELECT {CONVERT_TZ(?, ?, '+00:00')}")

    private let pool: MySQLPool

    public init(pool: MySQLPool) {
        self.pool = pool
    }

    public func midnights(of days: Range<Int>, in zone: String) async throws(StoreFailure) -> [Int64]? {
        guard Self.isName(zone) else { return nil }
        return try await pool.withConnection("resolve_zone") { (connection) throws(StoreFailure) in
            try Self.midnights(of: days, in: zone, connection.session)
        }
    }

    private static func midnights(
        of days: Range<Int>, in zone: String, _ session: MySQLSession
    ) throws(StoreFailure) -> [Int64]? {
        var midnights: [Int64] = []
        midnights.reserveCapacity(days.count)
        for part in MultiRowSQL.split(0..<days.count) {
            let values = part.flatMap { index -> [MySQLValue] in
                let day = Int64(days.lowerBound + index)
                return [.dateTime(milliseconds: day * MySQLDateTime.millisecondsPerDay), .string(zone)]
            }
            let row: [MySQLValue]?
            do throws(MySQLError) {
                row = try session.execute(convert.text(rows: part.count), values).rows.first
            } catch {
                throw StoreFailure(mysql: error)
            }
            for value in row ?? [] {
                guard let milliseconds = value.dateTimeMilliseconds else { return nil }
                midnights.append(milliseconds / 1_000)
            }
        }
        return midnights
    }

    /// Not an offset, nor `SYSTEM`, which CONVERT_TZ takes as well.
    private static func isName(_ zone: String) -> Bool {
        let bytes = zone.utf8
        guard let first = bytes.first, bytes.count <= maxNameBytes, zone.uppercased() != "SYSTEM" else { return false }
        func isLetter(_ byte: UInt8) -> Bool { (0x41...0x5A).contains(byte & ~0x20) }
        let others = Array("0123456789_+-/".utf8)
        return isLetter(first) && bytes.allSatisfy { isLetter($0) || others.contains($0) }
    }
}

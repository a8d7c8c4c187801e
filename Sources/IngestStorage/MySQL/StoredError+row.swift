import Fingerprint
import Ingest
import MySQLClient

extension StoredError {
    /// A row of `select_errors.sql`, or the start of one of `select_error_detail.sql`.
    init(row: [MySQLValue]) throws(StoreFailure) {
        guard row.count >= 14, let bytes = row[0].byteArray, let fingerprint = Fingerprint(bytes: bytes),
            let status = row[2].string.flatMap(ErrorStatus.init(rawValue:)), let count = row[5].uint64,
            let firstSeen = row[6].dateTimeMilliseconds, let lastSeen = row[7].dateTimeMilliseconds
        else { throw StoreFailure(.corrupt, "a row of errors has a shape no version of this service writes") }
        self.init(
            fingerprint: fingerprint, status: status, count: count, firstSeenMilliseconds: firstSeen,
            lastSeenMilliseconds: lastSeen)
        project = row[1].string
        resolvedMilliseconds = row[3].dateTimeMilliseconds
        resolvedInRelease = row[4].string
        type = row[8].string
        message = row[9].string
        level = row[10].string
        service = row[11].string
        environment = row[12].string
        release = row[13].string
    }
}

extension StoredErrorDetail {
    /// A row of `select_error_detail.sql`.
    init(row: [MySQLValue]) throws(StoreFailure) {
        self.init(error: try StoredError(row: row))
        guard row.count >= 18 else { throw StoreFailure(.corrupt, "a row of error_details is too short") }
        stackTrace = row[14].string
        contextJSON = row[15].string
        groupingVersion = row[16].uint64.flatMap { UInt8(exactly: $0) }
        groupingPartsJSON = row[17].string
    }
}

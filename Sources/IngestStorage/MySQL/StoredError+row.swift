import Fingerprint
import Ingest
import MySQLClient

extension StoredError {
    /// A row of `select_errors.sql`, or the start of one of `select_error_detail.sql`.
    init(row: [MySQLValue]) throws(StoreFailure) {
        guard row.count >= 13, let bytes = row[0].byteArray, let fingerprint = Fingerprint(bytes: bytes),
            let status = row[2].string.flatMap(ErrorStatus.init(rawValue:)), let count = row[4].uint64,
            let firstSeen = row[5].dateTimeMilliseconds, let lastSeen = row[6].dateTimeMilliseconds
        else { throw StoreFailure(.corrupt, "a row of errors has a shape no version of this service writes") }
        self.init(
            fingerprint: fingerprint, status: status, count: count, firstSeenMilliseconds: firstSeen,
            lastSeenMilliseconds: lastSeen)
        project = row[1].string
        resolvedMilliseconds = row[3].dateTimeMilliseconds
        type = row[7].string
        message = row[8].string
        level = row[9].string
        service = row[10].string
        environment = row[11].string
        release = row[12].string
    }
}

extension StoredErrorDetail {
    /// A row of `select_error_detail.sql`.
    init(row: [MySQLValue]) throws(StoreFailure) {
        self.init(error: try StoredError(row: row))
        guard row.count >= 17 else { throw StoreFailure(.corrupt, "a row of error_details is too short") }
        stackTrace = row[13].string
        contextJSON = row[14].string
        groupingVersion = row[15].uint64.flatMap { UInt8(exactly: $0) }
        groupingPartsJSON = row[16].string
    }
}

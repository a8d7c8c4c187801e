import Fingerprint
import MySQLClient
import QueueCore

/// Writes `dead_letters` inside a worker's transaction, for any queue.
struct DeadLetterRows {
    /// Width of `dead_letters.detail`, characters.
    private static let detailLimit = 1_024

    let session: MySQLSession
    /// The queue whose letters are marked as replayed.
    let queue: String

    /// - Parameter identity: what a record is known by; nil for bytes that are no record.
    func bury(
        _ letters: [DeadLetter], identity: (QueueRecord) -> [UInt8]?
    ) throws(WorkFailure) {
        let now = MySQLValue.dateTime(milliseconds: SystemQueueClock().unixMilliseconds)
        for letter in letters {
            let values: [MySQLValue] = [
                .string(letter.queue), .bytes(try Self.key(of: letter, identity)), .uint(UInt64(letter.attempts)), now,
                now, .string(letter.reason), .int(Int64(Int32(clamping: letter.code))),
                .string(Self.cut(letter.detail)), .bytes(letter.record.payload),
            ]
            do throws(WorkFailure) {
                try run(Statements.upsertDeadLetter, values)
            } catch {
                guard error.class == .data else { throw error }
                // A letter has no other place to go: the job stays, and the operator makes room.
                throw WorkFailure(
                    .configuration, code: error.code,
                    message: "a dead letter cannot be kept (\(error.message)); raise max_allowed_packet")
            }
        }
    }

    func markReplayed(_ keys: [[UInt8]]) throws(WorkFailure) {
        for key in keys { try run(Statements.markReplayed, [.string(queue), .bytes(key)]) }
    }

    /// The column counts code points, of which a `Character` may have any number.
    private static func cut(_ detail: String) -> String {
        var kept = String.UnicodeScalarView()
        kept.append(contentsOf: detail.unicodeScalars.prefix(detailLimit))
        return String(kept)
    }

    /// The dead letter's key: the one it is replayed under, the record's identity, or a digest of bytes that are no record.
    private static func key(
        of letter: DeadLetter, _ identity: (QueueRecord) -> [UInt8]?
    ) throws(WorkFailure) -> [UInt8] {
        if let key = letter.replayKey ?? identity(letter.record) { return key }
        do throws(FingerprintError) {
            let fingerprinter = try Fingerprinter()
            return letter.record.payload.withUnsafeBytes {
                fingerprinter.digest16(domain: "dead-letter", nil, $0).bytes
            }
        } catch {
            throw WorkFailure(.infrastructure, code: 0, message: error.message)
        }
    }

    private func run(_ sql: String, _ values: [MySQLValue]) throws(WorkFailure) {
        do throws(MySQLError) {
            try session.execute(sql, values)
        } catch {
            throw WorkFailure(mysql: error)
        }
    }
}

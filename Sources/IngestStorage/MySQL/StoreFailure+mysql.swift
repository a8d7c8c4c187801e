public import Ingest
public import MySQLClient
import QueueCore

extension StoreFailure: MySQLErrorConvertible {
    public init(mysql error: MySQLError) {
        if error.code == .connectionLost {
            self.init(.outcomeUnknown, error.description)
        } else if error.number != 0, MySQLFailureClass.of(error.number).class == .configuration {
            self.init(.configuration, error.description)
        } else {
            self.init(.unavailable, error.description)
        }
    }
}

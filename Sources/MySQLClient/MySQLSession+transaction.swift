extension MySQLSession {
    /// Starts a transaction at READ COMMITTED, the session's level.
    public func begin() throws(MySQLError) {
        try executeText("START TRANSACTION")
    }

    /// Starts a read-only transaction whose reads all see the state of this moment.
    public func beginSnapshot() throws(MySQLError) {
        // Holds for the next transaction only.
        try executeText("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        try executeText("START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY")
    }

    /// - Throws: with `connectionLost` it is unknown whether the transaction was committed.
    public func commit() throws(MySQLError) {
        try executeText("COMMIT")
    }

    public func rollback() throws(MySQLError) {
        try executeText("ROLLBACK")
    }

    /// `name` is a literal of the caller's code, never input.
    public func savepoint(_ name: StaticString) throws(MySQLError) {
        try executeText("SAVEPOINT `\(name)`")
    }

    public func rollback(to name: StaticString) throws(MySQLError) {
        try executeText("ROLLBACK TO SAVEPOINT `\(name)`")
    }

    public func release(savepoint name: StaticString) throws(MySQLError) {
        try executeText("RELEASE SAVEPOINT `\(name)`")
    }
}

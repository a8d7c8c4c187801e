/// What one statement did.
public struct MySQLOutcome: Sendable, Hashable {
    /// Rows inserted, changed or deleted. An `INSERT … ON DUPLICATE KEY UPDATE` counts 1 for an inserted row, 2 for a
    /// changed one and 0 for one left as it was.
    public var affectedRows: UInt64
    /// How many conditions `SHOW WARNINGS` would list; the protocol carries at most 65,535.
    public var warningCount: UInt32
    /// Column names of a result, empty for a statement without one.
    public var columns: [String]
    public var rows: [[MySQLValue]]

    public init(affectedRows: UInt64, warningCount: UInt32, columns: [String] = [], rows: [[MySQLValue]] = []) {
        self.affectedRows = affectedRows
        self.warningCount = warningCount
        self.columns = columns
        self.rows = rows
    }
}

/// A promise of the seam that a driver does not keep.
public struct ConformanceFailure: Error, CustomStringConvertible {
    public var message: String
    public var line: UInt

    public var description: String { "\(message) (line \(line) of the case)" }
}

func expect(_ condition: Bool, _ message: @autoclosure () -> String, line: UInt = #line) throws {
    if !condition {
        throw ConformanceFailure(message: message(), line: line)
    }
}

func expectEqual<Value: Equatable>(
    _ value: Value,
    _ expected: Value,
    _ what: @autoclosure () -> String,
    line: UInt = #line
) throws {
    try expect(value == expected, "\(what()): \(value) instead of \(expected)", line: line)
}

/// A test's surroundings are not as it needs them, or an expectation was not met in time.
public struct TestServerError: Error, CustomStringConvertible {
    public let description: String

    public init(_ description: String) {
        self.description = description
    }
}

/// Waits until `condition` holds; the way for a test to wait for what another process or task will do.
///
/// - Throws: `TestServerError` naming `description` when it does not hold within `limit`; whatever `condition` throws.
public func eventually(
    within limit: Duration = .seconds(10),
    description: String = "a condition",
    file: StaticString = #fileID,
    line: UInt = #line,
    _ condition: () async throws -> Bool
) async throws {
    let deadline = ContinuousClock.now + limit
    while try await !condition() {
        guard ContinuousClock.now < deadline else {
            throw TestServerError("\(file):\(line): \(description) did not hold within \(limit)")
        }
        try await Task.sleep(for: .milliseconds(10))
    }
}

import TestServers

/// The error as `GET /errors/{fingerprint}` shows it, once the worker has stored it.
func eventuallyFound(
    _ fingerprint: String, at service: ServiceUnderTest, within limit: Duration = .seconds(5)
) async throws -> JSON {
    var found: JSON?
    try await eventually(within: limit, description: "\(fingerprint) is found") {
        let answer = try await service.get("/errors/\(fingerprint)")
        guard answer.status == 200 else { return false }
        let json = try answer.json
        found = json
        // The sync may have made the row before the worker brought the details.
        return json["message"]?.string != nil
    }
    guard let found else { throw TestServerError("\(fingerprint) was not found") }
    return found
}

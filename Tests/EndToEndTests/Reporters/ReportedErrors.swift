import TestServers

/// What a reporter's program has left in the service. Each test has a project of its own: errors of two projects are never one.
struct ReportedErrors {
    /// Whole, as `GET /errors/{fingerprint}` shows them.
    let errors: [JSON]

    /// Waits until the project's errors have been counted `total` times together.
    init(of name: String, total: Int, at service: ServiceUnderTest) async throws {
        var fingerprints: [String] = []
        var seen = "nothing"
        do {
            try await eventually(within: .seconds(20), description: "\(total) occurrences of \(name)") {
                let page = try await service.get("/errors?project=\(name)&limit=100")
                seen = page.text
                let errors = try page.json["errors"]?.elements ?? []
                fingerprints = errors.compactMap { $0["fingerprint"]?.string }
                return errors.reduce(0) { $0 + ($1["count"]?.int ?? 0) } >= total
            }
        } catch {
            throw TestServerError("\(error); there is: \(seen)")
        }
        var errors: [JSON] = []
        for fingerprint in fingerprints { errors.append(try await eventuallyFound(fingerprint, at: service)) }
        self.errors = errors
    }

    /// The one error of that type; nil when there is none, or more than one.
    func only(_ type: String) -> JSON? {
        let found = errors.filter { $0["type"]?.string == type }
        return found.count == 1 ? found[0] : nil
    }

    var total: Int { errors.reduce(0) { $0 + ($1["count"]?.int ?? 0) } }
}

extension ErrorQuery {
    /// Whether an error passes every filter; sort, limit and cursor are not looked at. Texts are compared byte by byte.
    public func matches(_ error: StoredError) -> Bool {
        if let status, status != error.status { return false }
        if let sinceMilliseconds, error.lastSeenMilliseconds < sinceMilliseconds { return false }
        return Self.equal(project, error.project) && Self.equal(service, error.service)
            && Self.equal(level, error.level) && Self.equal(environment, error.environment) && finds(error)
    }

    /// `==` of strings takes canonically equivalent ones for the same.
    private static func equal(_ wanted: String?, _ text: String?) -> Bool {
        guard let wanted else { return true }
        guard let text else { return false }
        return wanted.utf8.elementsEqual(text.utf8)
    }

    private func finds(_ error: StoredError) -> Bool {
        guard let search else { return true }
        return search.matches(SearchText(type: error.type?.utf8, message: error.message?.utf8))
    }
}

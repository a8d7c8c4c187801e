/// When a resolved error is open again.
///
/// It regresses when it happens after it was resolved, by the time of the event. An error that was resolved in a release regresses
/// only when another release reports it, or a report that names none: what still runs that release is expected to.
public enum RegressionRule {
    /// - Parameters:
    ///   - resolvedMilliseconds: when it was resolved, Unix milliseconds; nil is never.
    ///   - release: the release it was resolved in; nil when any occurrence opens it again.
    public static func opensAgain(
        status: ErrorStatus, resolvedMilliseconds: Int64?, resolvedInRelease release: String?, by occurrences: Tally
    ) -> Bool {
        guard status == .resolved, let resolvedMilliseconds, !occurrences.isEmpty else { return false }
        let last =
            release.map { occurrences.lastMilliseconds(outside: ReleaseID(of: $0.utf8)) }
            ?? occurrences.lastMilliseconds
        return last > resolvedMilliseconds
    }
}

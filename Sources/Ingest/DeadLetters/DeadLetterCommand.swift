package import QueueCore

/// The body of `POST /admin/dead-letters/replay` or `…/discard`.
package struct DeadLetterCommand: Sendable, Equatable {
    /// Bytes of a request's body: 1,000 letters with the longest keys.
    package static let maxBodyBytes = 1_024 * 1_024
    package static let waitSeconds = 0...30
    package static let defaultWaitSeconds = 5

    package var selection: DeadLetterSelection
    /// How long a replay is watched.
    package var waitSeconds: Int
}

/// Claimed jobs that are not to be run now.
public struct PutAside: Sendable, Hashable {
    /// Back into the queue at once.
    public var release: [Job]
    /// Back after `delay`.
    public var postpone: [Job]
    public var delay: Duration

    public init(release: [Job] = [], postpone: [Job] = [], delay: Duration = .zero) {
        self.release = release
        self.postpone = postpone
        self.delay = delay
    }

    public var isEmpty: Bool { release.isEmpty && postpone.isEmpty }
}

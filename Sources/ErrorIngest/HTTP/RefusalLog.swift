import FastLane
import Logging
import NIOConcurrencyHelpers

/// Logs refused requests: who, and why. At most one line a second, however many there are; each says how many were left out.
final class RefusalLog: Sendable {
    private static let pause: Duration = .seconds(1)

    private struct State {
        var lastLine: ContinuousClock.Instant?
        var leftOut = 0
    }

    private let state = NIOLockedValueBox(State())

    func note(_ reason: String, client: IPAddress?, logger: Logger) {
        let now = ContinuousClock.now
        let leftOut = state.withLockedValue { state -> Int? in
            if let last = state.lastLine, now - last < Self.pause {
                state.leftOut += 1
                return nil
            }
            state.lastLine = now
            defer { state.leftOut = 0 }
            return state.leftOut
        }
        guard let leftOut else { return }
        var metadata: Logger.Metadata = ["reason": "\(reason)", "client": "\(client?.description ?? "unix")"]
        if leftOut > 0 { metadata["leftOut"] = "\(leftOut)" }
        logger.notice("refused a request", metadata: metadata)
    }
}

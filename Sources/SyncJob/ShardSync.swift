import Ingest
import Logging

/// Carries out one pass over one shard: does what ``SyncPass`` says and tells it how that went.
struct ShardSync: Sendable {
    let shard: Int
    let windows: any WindowStore
    let counts: any CountStore
    let configuration: SyncConfiguration
    let clock: SyncClock
    let logger: Logger

    func run(seals: Bool, stop: Latch) async -> SyncPassResult {
        let began = clock.elapsed()
        var pass = SyncPass(configuration: configuration, seals: seals)
        var read: [WindowCount] = []
        var action = pass.begin(moment(since: began, stop))
        while true {
            if case .finish(let result) = action { return result }
            let event: SyncPass.Event
            do throws(StoreFailure) {
                event = try await perform(action, &read)
            } catch {
                log(error, at: action)
                event = .failed(error)
            }
            action = pass.next(after: event, at: moment(since: began, stop))
        }
    }

    private func perform(
        _ action: SyncPass.Action, _ read: inout [WindowCount]
    ) async throws(StoreFailure)
        -> SyncPass.Event
    {
        switch action {
        case .seal(let maxWaiting):
            return .sealed(try await windows.seal(maxWaiting: maxWaiting))
        case .recover:
            try await windows.recover()
            logger.notice("fast store has a new epoch: open window sealed, fresh one opened", metadata: metadata())
            return .recovered
        case .list(let limit):
            return .listed(try await windows.sealedWindows(limit: limit))
        case .read(let window, let part):
            read = try await windows.counts(of: window, part: part)
            return .read(fingerprints: read.count)
        case .apply(let window, let part):
            return .applied(try await counts.apply(window: window, part: part, counts: read))
        case .drop(let window):
            try await windows.drop(window)
            return .dropped
        case .quarantine(let window, let reason):
            try await windows.quarantine(window)
            logger.critical(
                "window quarantined: its counts are kept and not applied; an operator has to look at it",
                metadata: metadata(
                    window,
                    ["reason": "\(reason.rawValue)", "opened_ms": "\(window.openedMilliseconds)"]
                )
            )
            return .quarantined
        case .finish(let result):
            // `run` has returned by then.
            return .failed(StoreFailure(.unavailable, "pass finished: \(result.ending)"))
        }
    }

    private func moment(since began: Duration, _ stop: Latch) -> SyncPass.Moment {
        SyncPass.Moment(
            sinceBegin: clock.elapsed() - began,
            unixMilliseconds: clock.unixMilliseconds(),
            isStopping: stop.isOpen || Task.isCancelled
        )
    }

    private func log(_ failure: StoreFailure, at action: SyncPass.Action) {
        var window: WindowID?
        let step: String
        switch action {
        case .seal: step = "seal"
        case .recover: step = "recover"
        case .list: step = "list"
        case .read(let id, let part): (step, window) = ("read part \(part.index)", id)
        case .apply(let id, let part): (step, window) = ("apply part \(part.index)", id)
        case .drop(let id): (step, window) = ("drop", id)
        case .quarantine(let id, _): (step, window) = ("quarantine", id)
        case .finish: step = "finish"
        }
        let level: Logger.Level =
            switch failure.code {
            case .epochChanged: .notice
            case .configuration, .corrupt: .error
            default: .warning
            }
        logger.log(
            level: level,
            "sync step failed",
            metadata: metadata(window, ["step": "\(step)", "error": "\(failure)"])
        )
    }

    private func metadata(_ window: WindowID? = nil, _ more: Logger.Metadata = [:]) -> Logger.Metadata {
        var metadata = more
        metadata["shard"] = "\(shard)"
        if let window { metadata["window"] = "\(window.text)" }
        return metadata
    }
}

import Ingest
import Synchronization

/// A window store whose caller dies before a drop, and to which something happens after the list was read.
struct FaultyWindowStore: WindowStore {
    let base: any WindowStore
    var dropFails = false
    var afterList: @Sendable () async -> Void = {}

    func seal(maxWaiting: Int) async throws(StoreFailure) -> SealOutcome {
        try await base.seal(maxWaiting: maxWaiting)
    }

    func recover() async throws(StoreFailure) {
        try await base.recover()
    }

    func sealedWindows(limit: Int) async throws(StoreFailure) -> [WindowID] {
        let windows = try await base.sealedWindows(limit: limit)
        await afterList()
        return windows
    }

    func counts(of window: WindowID, part: WindowPart) async throws(StoreFailure) -> [WindowCount] {
        try await base.counts(of: window, part: part)
    }

    func drop(_ window: WindowID) async throws(StoreFailure) {
        if dropFails { throw StoreFailure(.unavailable, "died before the drop") }
        try await base.drop(window)
    }

    func quarantine(_ window: WindowID) async throws(StoreFailure) {
        try await base.quarantine(window)
    }
}

/// A count store that fails at one apply, before it or after it.
final class FaultyCountStore: CountStore {
    private let base: any CountStore
    private let fault: Int
    private let isAfter: Bool
    private let applies = Mutex(0)

    /// - Parameters:
    ///   - fault: which apply fails, from 0.
    ///   - isAfter: it is done and its answer lost; else nothing is done.
    init(base: any CountStore, fault: Int, isAfter: Bool) {
        self.base = base
        self.fault = fault
        self.isAfter = isAfter
    }

    func apply(
        window: WindowID, part: WindowPart, counts: [WindowCount]
    ) async throws(StoreFailure) -> AppliedPart {
        let number = applies.withLock { applies in
            defer { applies += 1 }
            return applies
        }
        guard number == fault else { return try await base.apply(window: window, part: part, counts: counts) }
        if isAfter {
            _ = try await base.apply(window: window, part: part, counts: counts)
            throw StoreFailure(.outcomeUnknown, "the answer was lost")
        }
        throw StoreFailure(.unavailable, "died before the transaction")
    }
}

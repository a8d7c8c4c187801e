import ErrorIngestClient
import NIOConcurrencyHelpers

/// A client that is known only after its observer was made.
final class LateClient: Sendable {
    private let box = NIOLockedValueBox<ErrorIngestClient?>(nil)

    var client: ErrorIngestClient? {
        get { box.withLockedValue { $0 } }
        set { box.withLockedValue { $0 = newValue } }
    }
}

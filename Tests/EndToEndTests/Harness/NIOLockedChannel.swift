import NIOCore
import Synchronization
import TestServers

/// The channel of a connection, set once it is there.
final class NIOLockedChannel: Sendable {
    private let value = Mutex<(any Channel)?>(nil)

    func set(_ channel: any Channel) {
        value.withLock { $0 = channel }
    }

    func get() throws(TestServerError) -> any Channel {
        guard let channel = value.withLock({ $0 }) else { throw TestServerError("not connected") }
        return channel
    }
}

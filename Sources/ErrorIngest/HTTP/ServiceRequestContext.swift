import FastLane
import Hummingbird

/// The request context of the routes that Hummingbird serves.
struct ServiceRequestContext: RequestContext {
    var coreContext: CoreRequestContextStorage
    /// The other end of the connection: the client or the last proxy before this service; nil for a Unix socket.
    let peer: IPAddress?
    /// Who asks, on the routes behind `AdminGate`; nil on all others.
    var caller: CallerName?

    /// As the history shows it.
    var callerName: String { caller?.name ?? "unknown" }

    init(source: Source) {
        self.coreContext = .init(source: source)
        self.peer = IPAddress(source.channel.remoteAddress)
    }
}

import Hummingbird

/// The request context of the routes that Hummingbird serves.
struct ServiceRequestContext: RequestContext {
    var coreContext: CoreRequestContextStorage

    init(source: Source) {
        self.coreContext = .init(source: source)
    }
}

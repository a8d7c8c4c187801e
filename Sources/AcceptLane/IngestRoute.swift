import Ingest

/// The routes that take reports and events.
enum IngestRoute: Int, CaseIterable {
    case error
    case errorV1
    case errorBatch
    case event
    case eventAPI
    case events

    /// The path of a request target, its query left out; nil when it is not ours.
    init?(uri: String) {
        var uri = uri
        let route = uri.withUTF8 { bytes in
            let path = bytes.prefix { $0 != UInt8(ascii: "?") }
            return Self.all.first { $0.isAt(path) }
        }
        guard let route else { return nil }
        self = route
    }

    private func isAt(_ path: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
        let own = self.path
        guard path.count == own.utf8CodeUnitCount else { return false }
        return UnsafeBufferPointer(rebasing: path)
            .elementsEqual(UnsafeBufferPointer(start: own.utf8Start, count: own.utf8CodeUnitCount))
    }

    /// The lane's number for a request of this route; a preflight has one of its own.
    func laneID(isPreflight: Bool) -> Int { isPreflight ? rawValue + Self.preflightOffset : rawValue }

    init?(laneID: Int) {
        self.init(rawValue: laneID % Self.preflightOffset)
    }

    static func isPreflight(laneID: Int) -> Bool { laneID >= preflightOffset }

    private static let preflightOffset = 16
    /// Made once: `allCases` is a new array each time.
    private static let all = allCases

    private var path: StaticString {
        switch self {
        case .error: "/errors/log"
        case .errorV1: "/api/v1/errors/log"
        case .errorBatch: "/errors/batch"
        case .event: "/event"
        case .eventAPI: "/api/event"
        case .events: "/events"
        }
    }

    /// As metrics name it; every route is a path without parameters.
    var template: String { path.description }

    /// The body of an error, in the words of the route's callers.
    func append(_ rejection: RequestRejection, at now: Int64, to output: inout [UInt8]) {
        switch self {
        case .error, .errorBatch: ErrorReply.append(rejection, style: .plain, at: now, to: &output)
        case .errorV1: ErrorReply.append(rejection, style: .envelope, at: now, to: &output)
        case .event, .events: EventReply.append(rejection, style: .plain, to: &output)
        case .eventAPI: EventReply.append(rejection, style: .envelope, to: &output)
        }
    }
}

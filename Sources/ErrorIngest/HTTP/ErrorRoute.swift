import Ingest

/// The routes of the error path that take reports.
enum ErrorRoute: Int, CaseIterable {
    case single
    case singleV1
    case batch

    /// The path of a request target, its query left out; nil when it is not ours.
    init?(uri: String) {
        let path = uri.utf8.prefix { $0 != UInt8(ascii: "?") }
        if path.elementsEqual("/errors/log".utf8) {
            self = .single
        } else if path.elementsEqual("/api/v1/errors/log".utf8) {
            self = .singleV1
        } else if path.elementsEqual("/errors/batch".utf8) {
            self = .batch
        } else {
            return nil
        }
    }

    /// The lane's number for a request of this route; a preflight has one of its own.
    func laneID(isPreflight: Bool) -> Int { isPreflight ? rawValue + Self.preflightOffset : rawValue }

    init?(laneID: Int) {
        self.init(rawValue: laneID % Self.preflightOffset)
    }

    static func isPreflight(laneID: Int) -> Bool { laneID >= preflightOffset }

    private static let preflightOffset = 16

    /// As metrics name it.
    var template: String {
        switch self {
        case .single: "/errors/log"
        case .singleV1: "/api/v1/errors/log"
        case .batch: "/errors/batch"
        }
    }

    var isBatch: Bool { self == .batch }

    var style: ErrorReply.Style { self == .singleV1 ? .envelope : .plain }
}

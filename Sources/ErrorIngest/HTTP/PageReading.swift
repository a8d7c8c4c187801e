import Hummingbird
import Ingest

/// `?limit&cursor` of a list that is ordered by time.
struct PageReading {
    let limit: Int
    let cursor: TimeOrderedKey?

    init(_ parameters: Parameters, defaultLimit: Int, maxLimit: Int) throws(RouteFailure) {
        var reading = QueryReading(parameters, known: ["limit", "cursor"])
        limit = reading.integer("limit", in: 1...maxLimit) ?? defaultLimit
        cursor = reading.value("cursor", rule: "cursor") { TimeOrderedKey(text: $0) }
        try reading.finish()
    }
}

import Hummingbird
import Ingest

/// Reads the query parameters of `GET /errors`.
enum ErrorQueryParser {
    private static let known: Set<Substring> = [
        "status", "project", "service", "level", "environment", "q", "since", "sort", "limit", "cursor",
    ]

    static func parse(_ parameters: Parameters) throws(RouteFailure) -> ErrorQuery {
        var reading = QueryReading(parameters, known: known)
        var query = ErrorQuery()
        query.status = reading.choice("status", ErrorStatus.self)
        query.project = reading.text("project")
        query.service = reading.text("service")
        query.level = reading.text("level")
        query.environment = reading.text("environment")
        query.sinceMilliseconds = reading.time("since")
        if let sort = reading.choice("sort", ErrorQuery.Sort.self) { query.sort = sort }
        if let limit = reading.integer("limit", in: 1...ErrorQuery.maxLimit) { query.limit = limit }
        let sort = query.sort
        query.cursor = reading.value("cursor", rule: "cursor") { text in
            ErrorCursor(text: text).flatMap { $0.sort == sort ? $0 : nil }
        }
        let words = reading.text("q")
        try reading.finish()
        query.search = try words.map(search)
        return query
    }

    private static func search(_ text: String) throws(RouteFailure) -> SearchQuery {
        do throws(SearchQuery.Problem) {
            return try SearchQuery(text)
        } catch {
            let (rule, message) =
                switch error {
                case .noWord:
                    (
                        "wordOfCharacters",
                        "q needs a word of at least \(SearchWord.minIndexedCharacters) letters or digits"
                    )
                case .tooManyWords: ("words", "q may have at most \(SearchQuery.maxWords) words; leave some out")
                }
            let limit = error == .noWord ? SearchWord.minIndexedCharacters : SearchQuery.maxWords
            throw .rejected(
                RequestRejection(
                    statusCode: 400, code: "invalid_query", message: message,
                    fields: [FieldProblem(field: "q", rule: rule, limit: limit)]))
        }
    }
}

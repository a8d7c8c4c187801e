import Hummingbird
import Ingest

/// Reads the query parameters of `GET /errors`.
enum ErrorQueryParser {
    private static let known: Set<Substring> = [
        "status", "project", "service", "level", "environment", "since", "sort", "limit", "cursor",
    ]

    static func parse(_ parameters: Parameters) -> Result<ErrorQuery, RequestRejection> {
        var query = ErrorQuery()
        var problems: [FieldProblem] = []
        for (name, _) in parameters where !known.contains(name) {
            problems.append(FieldProblem(field: String(name), rule: "unknownParameter"))
        }
        if let text = parameters["status"] {
            if let status = ErrorStatus(rawValue: String(text)) {
                query.status = status
            } else {
                problems.append(FieldProblem(field: "status", rule: "oneOf:unresolved,resolved,ignored,regressed"))
            }
        }
        query.project = text("project", parameters, &problems)
        query.service = text("service", parameters, &problems)
        query.level = text("level", parameters, &problems)
        query.environment = text("environment", parameters, &problems)
        if let text = parameters["since"] {
            let bytes = Array(text.utf8)
            if let since = bytes.withUnsafeBytes({ EventTime.milliseconds(text: $0) }) {
                query.sinceMilliseconds = since
            } else {
                problems.append(FieldProblem(field: "since", rule: "timestamp"))
            }
        }
        if let text = parameters["sort"] {
            if let sort = ErrorQuery.Sort(rawValue: String(text)) {
                query.sort = sort
            } else {
                problems.append(FieldProblem(field: "sort", rule: "oneOf:lastSeenAt,firstSeenAt,count"))
            }
        }
        if let text = parameters["limit"] {
            if let limit = Int(text), (1...ErrorQuery.maxLimit).contains(limit) {
                query.limit = limit
            } else {
                problems.append(FieldProblem(field: "limit", rule: "range:1...500", limit: ErrorQuery.maxLimit))
            }
        }
        if let text = parameters["cursor"] {
            if let cursor = ErrorCursor(text: String(text)), cursor.sort == query.sort {
                query.cursor = cursor
            } else {
                problems.append(FieldProblem(field: "cursor", rule: "cursor"))
            }
        }
        guard let first = problems.first else { return .success(query) }
        return .failure(
            RequestRejection(
                statusCode: 400, code: "invalid_query",
                message: "the parameter \(first.field) breaks the rule \(first.rule)",
                fields: problems))
    }

    private static func text(_ name: Substring, _ parameters: Parameters, _ problems: inout [FieldProblem]) -> String? {
        guard let text = parameters[name] else { return nil }
        guard (1...ErrorLimits.shortTextCharacters).contains(text.unicodeScalars.count) else {
            problems.append(
                FieldProblem(field: String(name), rule: "characters", limit: ErrorLimits.shortTextCharacters))
            return nil
        }
        return String(text)
    }
}

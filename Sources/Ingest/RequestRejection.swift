/// Why a request, or one item of a batch, is not taken. Becomes the answer's status and body.
public struct RequestRejection: Error, Sendable, Hashable {
    /// The HTTP status: 400, 413, ….
    public var statusCode: Int
    /// For programs: `invalid_json`, `invalid_report`, `too_many_items`, ….
    public var code: String
    /// For people.
    public var message: String
    public var fields: [FieldProblem]

    public init(statusCode: Int, code: String, message: String, fields: [FieldProblem] = []) {
        self.statusCode = statusCode
        self.code = code
        self.message = message
        self.fields = fields
    }

    /// The body has no item.
    public static let emptyBatch = RequestRejection(
        statusCode: 400,
        code: "empty_batch",
        message: "the batch holds no report",
        fields: [FieldProblem(field: "body", rule: "minItems", limit: 1)]
    )

    /// The batch is larger than `ErrorLimits.batchItems`.
    public static let tooManyItems = RequestRejection(
        statusCode: 413,
        code: "too_many_items",
        message: "a batch holds at most \(ErrorLimits.batchItems) reports",
        fields: [FieldProblem(field: "body", rule: "maxItems", limit: ErrorLimits.batchItems)]
    )

    /// The body is JSON, but no object.
    static let notAnObject = RequestRejection(
        statusCode: 400,
        code: "invalid_report",
        message: "a report must be a JSON object",
        fields: [FieldProblem(field: "body", rule: "object")]
    )

    /// There is no body.
    static let emptyBody = RequestRejection(
        statusCode: 400,
        code: "invalid_json",
        message: "the body is empty",
        fields: [FieldProblem(field: "body", rule: "required")]
    )

    /// One or more fields break a rule.
    static func invalidReport(_ problems: [FieldProblem]) -> RequestRejection {
        let message = problems.first.map { "\($0.field) \(sentence(for: $0))" } ?? "the report is not valid"
        return RequestRejection(statusCode: 400, code: "invalid_report", message: message, fields: problems)
    }

    private static func sentence(for problem: FieldProblem) -> String {
        switch problem.rule {
        case "required": "is required and must not be empty"
        case "string": "must be a string"
        case "object": "must be an object"
        case "stringArray": "must be an array of strings"
        case "stringOrNumber": "must be a string or a number"
        case "range": "is out of range"
        case "utf8": "must be text without broken or control characters"
        case "maxBytes": "must have at most \(problem.limit ?? 0) bytes"
        default: "breaks the rule \(problem.rule)"
        }
    }
}

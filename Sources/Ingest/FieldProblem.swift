/// One rule a request breaks.
public struct FieldProblem: Sendable, Hashable {
    /// The field's name, or `body` for the request as a whole.
    public var field: String
    /// The rule: `required`, `json`, `uniqueKeys`, `maxDepth`, `maxItems`, `minItems`, `maxBytes`, `range`, `range:…`, `utf8`,
    /// `characters`, `hex`, `timestamp`, `cursor`, `unknownParameter`, `unknownField`, `unique`, `onlyWith:…`, `oneOf:…`, or the type that
    /// was expected: `string`, `number`, `object`, `stringArray`, `stringOrNumber`.
    public var rule: String
    /// The number the rule is about, where there is one.
    public var limit: Int?

    public init(field: String, rule: String, limit: Int? = nil) {
        self.field = field
        self.rule = rule
        self.limit = limit
    }
}

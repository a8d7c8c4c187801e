import Hummingbird
import Ingest

/// Reads the parameters of one query; what breaks a rule is gathered and refused together by `finish`.
struct QueryReading {
    private let parameters: Parameters
    private var problems: [FieldProblem] = []

    /// Parameters that are not `known` are refused: a misspelt filter must not look like an empty one.
    init(_ parameters: Parameters, known: Set<Substring>) {
        self.parameters = parameters
        for (name, _) in parameters where !known.contains(name) {
            problems.append(FieldProblem(field: String(name), rule: "unknownParameter"))
        }
    }

    mutating func choice<C: RawRepresentable<String> & CaseIterable>(_ name: Substring, _ type: C.Type) -> C? {
        guard let text = parameters[name] else { return nil }
        if let choice = C(rawValue: String(text)) { return choice }
        let choices = C.allCases.map(\.rawValue).joined(separator: ",")
        problems.append(FieldProblem(field: String(name), rule: "oneOf:\(choices)"))
        return nil
    }

    /// A short text, 1 … `ErrorLimits.shortTextCharacters` characters.
    mutating func text(_ name: Substring) -> String? {
        guard let text = parameters[name] else { return nil }
        if (1...ErrorLimits.shortTextCharacters).contains(text.unicodeScalars.count) { return String(text) }
        problems.append(FieldProblem(field: String(name), rule: "characters", limit: ErrorLimits.shortTextCharacters))
        return nil
    }

    /// The years 1970 to 9999, Unix milliseconds.
    static let storedTimes: ClosedRange<Int64> = 0...253_402_300_799_999

    /// ISO 8601, Unix seconds or milliseconds; the result is Unix milliseconds.
    mutating func time(_ name: Substring, in range: ClosedRange<Int64> = .min ... .max) -> Int64? {
        guard let text = parameters[name] else { return nil }
        let bytes = Array(text.utf8)
        if let time = bytes.withUnsafeBytes({ EventTime.milliseconds(text: $0) }), range.contains(time) { return time }
        problems.append(FieldProblem(field: String(name), rule: "timestamp"))
        return nil
    }

    mutating func integer(_ name: Substring, in range: ClosedRange<Int>) -> Int? {
        guard let text = parameters[name] else { return nil }
        if let value = Int(text), range.contains(value) { return value }
        problems.append(
            FieldProblem(
                field: String(name), rule: "range:\(range.lowerBound)...\(range.upperBound)", limit: range.upperBound))
        return nil
    }

    /// A parameter of any other form; `read` returns nil when it breaks `rule`.
    mutating func value<V>(_ name: Substring, rule: String, _ read: (String) -> V?) -> V? {
        guard let text = parameters[name] else { return nil }
        if let value = read(String(text)) { return value }
        problems.append(FieldProblem(field: String(name), rule: rule))
        return nil
    }

    func finish() throws(RouteFailure) {
        if !problems.isEmpty { throw .rejected(Self.rejection(problems)) }
    }

    static func rejection(_ problems: [FieldProblem]) -> RequestRejection {
        let first = problems.first
        return RequestRejection(
            statusCode: 400, code: "invalid_query",
            message: "the parameter \(first?.field ?? "") breaks the rule \(first?.rule ?? "")", fields: problems)
    }
}

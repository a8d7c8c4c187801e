/// Reads reports out of JSON. Two steps: `ObjectMembers` finds the values and proves that the text is JSON; `interpret` checks and keeps
/// them. Belongs to one event loop; its memory is reused from report to report.
struct ErrorReportDecoder: ItemDecoder {
    /// The report decoded last.
    var report = ErrorReport()
    /// Its members. Top-level ones nobody knows go into the context.
    var members = ObjectMembers<ErrorKey>()
    var problems: [FieldProblem] = []
    /// Hides secrets; nil keeps them.
    let scrubber: Scrubber?
    var scratch = Scrubber.Scratch()

    init(scrubber: Scrubber?) {
        self.scrubber = scrubber
    }

    func scanner(for document: UnsafeRawBufferPointer) -> JSONScanner {
        JSONScanner(document, keys: members.keys, maxDepth: ErrorLimits.depth)
    }

    mutating func decode(
        from scanner: inout JSONScanner,
        receivedAt milliseconds: Int64
    ) throws(JSONProblem) -> RequestRejection? {
        report.reset(receivedAt: milliseconds)
        scratch.shrink()
        scanner.beginDocument()
        let isObject = scanner.peek() == UInt8(ascii: "{")
        problems.removeAll(keepingCapacity: true)
        if isObject { try members.scan(&scanner) } else { _ = try scanner.scanValue() }
        if let refusal = scanner.refusal { return RequestRejection(refusal, in: scanner.bytes) }
        guard isObject else { return .notAnObject }
        interpret(&scanner)
        return problems.isEmpty ? nil : .invalidReport(problems)
    }
}

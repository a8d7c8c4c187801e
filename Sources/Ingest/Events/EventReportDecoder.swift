/// Reads events out of JSON. Two steps: `ObjectMembers` finds the values and proves that the text is JSON; `interpret` checks and keeps
/// them. Belongs to one event loop; its memory is reused from event to event.
struct EventReportDecoder: ItemDecoder {
    /// The texts of the event decoded last, valid UTF-8.
    var texts = EventTexts()
    /// When it happened, Unix milliseconds.
    var occurredMilliseconds: Int64 = 0
    /// Unix milliseconds.
    var receivedMilliseconds: Int64 = 0
    var value: Double?
    /// Its members. Top-level ones nobody knows go into the properties.
    var members = ObjectMembers<EventField>()
    var problems: [FieldProblem] = []

    func scanner(for document: UnsafeRawBufferPointer) -> JSONScanner {
        JSONScanner(document, keys: members.keys, maxDepth: EventLimits.depth)
    }

    mutating func decode(
        from scanner: inout JSONScanner,
        receivedAt milliseconds: Int64
    ) throws(JSONProblem) -> RequestRejection? {
        texts.removeAll()
        occurredMilliseconds = milliseconds
        receivedMilliseconds = milliseconds
        value = nil
        problems.removeAll(keepingCapacity: true)
        scanner.beginDocument()
        let isObject = scanner.peek() == UInt8(ascii: "{")
        if isObject { try members.scan(&scanner) } else { _ = try scanner.scanValue() }
        if let refusal = scanner.refusal { return RequestRejection(refusal, in: scanner.bytes) }
        guard isObject else { return .eventNotAnObject }
        interpret(scanner.bytes)
        return problems.isEmpty ? nil : .invalidEvent(problems)
    }
}

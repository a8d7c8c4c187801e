/// Reads reports out of JSON. Two steps: `scan` finds the values and proves that the text is JSON; `interpret` checks and keeps
/// them. Belongs to one event loop; its memory is reused from report to report.
struct ErrorReportDecoder {
    /// A key with its value.
    struct Member {
        var key: JSONString
        var value: JSONValue
    }

    /// The report decoded last.
    var report = ErrorReport()
    let keys = JSONKeyTable()
    /// By `ErrorKey`.
    var known = [Member?](repeating: nil, count: ErrorKey.allCases.count)
    /// Top-level members nobody knows; they go into the context.
    var unknown: [Member] = []
    /// The members of the client's context.
    var contextMembers: [Member] = []
    /// The number of the client's context in the table of keys; nil when it sent none.
    var contextObject: UInt32?
    var problems: [FieldProblem] = []
    /// Hides secrets; nil keeps them.
    let scrubber: Scrubber?
    var scratch = Scrubber.Scratch()

    init(scrubber: Scrubber?) {
        self.scrubber = scrubber
    }

    func scanner(for document: UnsafeRawBufferPointer) -> JSONScanner {
        JSONScanner(document, keys: keys, maxDepth: ErrorLimits.depth)
    }

    /// Reads one report at the scanner's position and leaves the scanner behind it.
    /// - Returns: why this report is rejected; nil when `report` holds it.
    /// - Throws: the text is not JSON, and nothing after it can be read.
    mutating func decode(
        from scanner: inout JSONScanner,
        receivedAt milliseconds: Int64
    ) throws(JSONProblem) -> RequestRejection? {
        report.reset(receivedAt: milliseconds)
        scratch.shrink()
        scanner.beginDocument()
        let isObject = scanner.peek() == UInt8(ascii: "{")
        if isObject { try scan(&scanner) } else { _ = try scanner.scanValue() }
        if let refusal = scanner.refusal { return RequestRejection(refusal, in: scanner.bytes) }
        guard isObject else { return .notAnObject }
        interpret(&scanner)
        return problems.isEmpty ? nil : .invalidReport(problems)
    }

    // MARK: - Scanning

    private mutating func scan(_ scanner: inout JSONScanner) throws(JSONProblem) {
        for index in known.indices { known[index] = nil }
        unknown.removeAll(keepingCapacity: true)
        contextMembers.removeAll(keepingCapacity: true)
        contextObject = nil
        problems.removeAll(keepingCapacity: true)

        let object = try scanner.openObject()
        var isFirst = true
        while true {
            var spelling: ErrorKey?
            let document = scanner.bytes
            let key = try scanner.nextKey(isFirst: isFirst) { key in
                spelling = self.spelling(of: key, in: document)
                guard let spelling else { return keys.insert(key, of: object, in: document) }
                return known[Int(spelling.rawValue)] == nil
            }
            guard let key else { break }
            isFirst = false
            let value = spelling == .context ? try scanContext(&scanner) : try scanner.scanValue()
            let member = Member(key: key, value: value)
            if let spelling {
                known[Int(spelling.rawValue)] = member
            } else {
                unknown.append(member)
            }
        }
        scanner.closeObject()
    }

    /// Reads the client's context; of an object each member is noted, so that keys can be left out one by one.
    private mutating func scanContext(_ scanner: inout JSONScanner) throws(JSONProblem) -> JSONValue {
        guard scanner.peek() == UInt8(ascii: "{") else { return try scanner.scanValue() }
        let start = scanner.position
        let document = scanner.bytes
        let object = try scanner.openObject()
        contextObject = object
        while true {
            let isFirst = contextMembers.isEmpty
            guard let key = try scanner.nextKey(isFirst: isFirst, unique: { keys.insert($0, of: object, in: document) })
            else { break }
            contextMembers.append(Member(key: key, value: try scanner.scanValue()))
        }
        scanner.closeObject()
        return JSONValue(kind: .object, start: start, end: scanner.position, traits: [], depth: 1)
    }

    private mutating func spelling(of key: JSONString, in document: UnsafeRawBufferPointer) -> ErrorKey? {
        guard key.traits.contains(.escapes) else {
            return ErrorKey(UnsafeRawBufferPointer(rebasing: document[key.start..<key.end]))
        }
        return withDecoded(key, in: document) { ErrorKey($0) }
    }

    /// Gives `body` the text of a string, copied only when it was written with escapes.
    mutating func withDecoded<R>(
        _ string: JSONString,
        in document: UnsafeRawBufferPointer,
        _ body: (UnsafeRawBufferPointer) -> R
    ) -> R {
        guard string.traits.contains(.escapes) else {
            return body(UnsafeRawBufferPointer(rebasing: document[string.start..<string.end]))
        }
        scratch.decoded.removeAll(keepingCapacity: true)
        // No key or time we know is longer.
        JSONText.appendDecoded(string, from: document, to: &scratch.decoded, maxBytes: 256)
        return scratch.decoded.withUnsafeBytes(body)
    }
}

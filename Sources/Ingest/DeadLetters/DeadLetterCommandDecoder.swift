import QueueCore

/// Reads the bodies of `POST /admin/dead-letters/replay` and `…/discard`: letters by name, or a filter. Taken exactly or not at all, so
/// that a misspelt filter is not an empty one.
package struct DeadLetterCommandDecoder {
    private enum Key: String, CaseIterable {
        case letters, queue, reason, state, since, until, cursor, all, waitSeconds

        static let filter: Set<Key> = [.queue, .reason, .since, .until]
    }

    private let keys = JSONKeyTable()
    private let states: [DeadLetterState]
    private var letters: [DeadLetterID] = []
    private var filter = DeadLetterFilter()
    private var cursor: DeadLetterCursor?
    private var isForAll = false
    private var waitSeconds = DeadLetterCommand.defaultWaitSeconds
    private var problems: [FieldProblem] = []

    private init(states: [DeadLetterState]) {
        self.states = states
    }

    package static func replay(_ body: [UInt8]) throws(RequestRejection) -> DeadLetterCommand {
        var decoder = DeadLetterCommandDecoder(states: [.dead, .replaying])
        return try decoder.decode(body, allowed: Set(Key.allCases))
    }

    package static func discard(_ body: [UInt8]) throws(RequestRejection) -> DeadLetterCommand {
        var decoder = DeadLetterCommandDecoder(states: DeadLetterState.allCases)
        return try decoder.decode(body, allowed: Set(Key.allCases).subtracting([.waitSeconds]))
    }

    /// - Throws: the first problem of the JSON, or all problems of the fields.
    private mutating func decode(_ body: [UInt8], allowed: Set<Key>) throws(RequestRejection) -> DeadLetterCommand {
        let given = try body.withUnsafeBufferPointer { (bytes) throws(RequestRejection) in
            try scan(UnsafeRawBufferPointer(bytes), allowed: allowed)
        }
        if problems.isEmpty { checkChoice(given) }
        if let first = problems.first {
            throw RequestRejection(
                statusCode: 400, code: "invalid_dead_letter_command",
                message: "\(first.field) breaks the rule \(first.rule)", fields: problems)
        }
        return DeadLetterCommand(
            selection: given.contains(.letters) ? .letters(letters) : .matching(filter, after: cursor),
            waitSeconds: waitSeconds)
    }

    /// Letters, or a filter, or everything in so many words; never two of them.
    private mutating func checkChoice(_ given: Set<Key>) {
        let filters = Key.allCases.filter { Key.filter.contains($0) && given.contains($0) }
        if given.contains(.letters) {
            for key in filters + [.state, .cursor, .all] where given.contains(key) { note(key, "notWith:letters") }
        } else if isForAll {
            for key in filters { note(key, "notWith:all") }
        } else if filters.isEmpty {
            note(.all, "required")
        }
    }

    private mutating func scan(
        _ body: UnsafeRawBufferPointer, allowed: Set<Key>
    ) throws(RequestRejection) -> Set<Key> {
        var scanner = JSONScanner(body, keys: keys, maxDepth: ErrorLimits.depth)
        guard scanner.peek() != nil else { throw .emptyBody }
        var given: Set<Key> = []
        do throws(JSONProblem) {
            scanner.beginDocument()
            if scanner.peek() == UInt8(ascii: "{") {
                given = try members(&scanner, allowed: allowed)
            } else {
                _ = try scanner.scanValue()
                problems.append(FieldProblem(field: "body", rule: "object"))
            }
            try scanner.expectEnd()
            if let refusal = scanner.refusal { throw refusal }
        } catch {
            throw RequestRejection(error, in: body)
        }
        return given
    }

    /// Reads the members of the object at the scanner's position. Returns the keys with a value other than null.
    private mutating func members(_ scanner: inout JSONScanner, allowed: Set<Key>) throws(JSONProblem) -> Set<Key> {
        var given: Set<Key> = []
        let (document, keys) = (scanner.bytes, keys)
        let object = try scanner.openObject()
        var isFirst = true
        while let name = try scanner.nextKey(isFirst: isFirst, unique: { keys.insert($0, of: object, in: document) }) {
            isFirst = false
            let text = Self.text(name, in: document)
            // Scanned whole first: what is wrong with the JSON comes before what is wrong with the value.
            let value = try scanner.scanValue()
            guard let key = Key(rawValue: text), allowed.contains(key) else {
                problems.append(FieldProblem(field: String(text.prefix(64)), rule: "unknownField"))
                continue
            }
            guard value.kind != .null else { continue }
            given.insert(key)
            if key == .letters { try keepLetters(value, scanner) } else { keep(key, value, in: document) }
        }
        scanner.closeObject()
        return given
    }

    private mutating func note(_ key: Key, _ rule: String, limit: Int? = nil) {
        problems.append(FieldProblem(field: key.rawValue, rule: rule, limit: limit))
    }

    // MARK: - Values

    private mutating func keep(_ key: Key, _ value: JSONValue, in document: UnsafeRawBufferPointer) {
        switch key {
        case .letters: break
        case .queue: filter.queue = characters(key, value, DeadLetterID.maxQueueCharacters, in: document)
        case .reason: filter.reason = characters(key, value, DeadLetterFilter.maxReasonCharacters, in: document)
        case .state:
            guard let text = string(key, value, in: document) else { return }
            filter.state = DeadLetterState(rawValue: text)
            if !states.contains(where: { $0.rawValue == text }) {
                note(key, "oneOf:" + states.map(\.rawValue).joined(separator: ","))
            }
        case .since: filter.sinceMilliseconds = time(key, value, in: document)
        case .until: filter.untilMilliseconds = time(key, value, in: document)
        case .cursor:
            guard let text = string(key, value, in: document) else { return }
            cursor = DeadLetterCursor(text: text)
            if cursor == nil { note(key, "cursor") }
        case .all:
            isForAll = document[value.start..<value.end].elementsEqual("true".utf8)
            if !isForAll { note(key, "oneOf:true") }
        case .waitSeconds:
            let range = DeadLetterCommand.waitSeconds
            let digits = String(decoding: document[value.start..<value.end], as: UTF8.self)
            guard value.kind == .number, let seconds = Int(digits), range.contains(seconds) else {
                return note(key, "range:\(range.lowerBound)...\(range.upperBound)", limit: range.upperBound)
            }
            waitSeconds = seconds
        }
    }

    private mutating func string(_ key: Key, _ value: JSONValue, in document: UnsafeRawBufferPointer) -> String? {
        guard let string = value.string else {
            note(key, "string")
            return nil
        }
        // A repaired text would be another one.
        guard string.traits.isDisjoint(with: .brokenText) else {
            note(key, "utf8")
            return nil
        }
        return Self.text(string, in: document)
    }

    private mutating func characters(
        _ key: Key, _ value: JSONValue, _ limit: Int, in document: UnsafeRawBufferPointer
    ) -> String? {
        guard let text = string(key, value, in: document) else { return nil }
        if (1...limit).contains(text.unicodeScalars.count) { return text }
        note(key, "characters", limit: limit)
        return nil
    }

    /// As in a query: ISO 8601, Unix seconds or milliseconds.
    private mutating func time(_ key: Key, _ value: JSONValue, in document: UnsafeRawBufferPointer) -> Int64? {
        var time: Int64?
        if value.kind == .number {
            time = EventTime.milliseconds(number: UnsafeRawBufferPointer(rebasing: document[value.start..<value.end]))
        } else if let string = value.string {
            time = Array(Self.text(string, in: document).utf8).withUnsafeBytes { EventTime.milliseconds(text: $0) }
        }
        if time == nil { note(key, "timestamp") }
        return time
    }

    /// - Parameter scanner: a copy, to go back to the array with.
    private mutating func keepLetters(_ value: JSONValue, _ scanner: JSONScanner) throws(JSONProblem) {
        guard value.kind == .array else { return note(.letters, "array") }
        var scanner = scanner
        scanner.move(to: value.start)
        try scanner.openList()
        var seen: Set<DeadLetterID> = []
        while try scanner.nextElement(isFirst: seen.isEmpty) {
            guard scanner.peek() == UInt8(ascii: "{") else { return note(.letters, "letter") }
            guard let id = try letter(&scanner) else { return note(.letters, "letter") }
            guard seen.insert(id).inserted else { return note(.letters, "unique") }
            guard seen.count <= DeadLetterSelection.maxLetters else {
                return note(.letters, "maxItems", limit: DeadLetterSelection.maxLetters)
            }
            letters.append(id)
        }
        if letters.isEmpty { note(.letters, "minItems", limit: 1) }
    }

    /// `{"queue","key"}` and nothing else; nil when it is something else. The object was scanned before, so that its keys are known to
    /// differ.
    private func letter(_ scanner: inout JSONScanner) throws(JSONProblem) -> DeadLetterID? {
        let document = scanner.bytes
        var texts: [String: String] = [:]
        _ = try scanner.openObject()
        var isFirst = true
        while let name = try scanner.nextKey(isFirst: isFirst, unique: { _ in true }) {
            isFirst = false
            let value = try scanner.scanValue()
            guard let string = value.string, string.traits.isDisjoint(with: .brokenText), texts.count < 2 else {
                return nil
            }
            texts[Self.text(name, in: document)] = Self.text(string, in: document)
        }
        scanner.closeObject()
        guard texts.count == 2, let queue = texts["queue"], let key = texts["key"],
            (1...DeadLetterID.maxQueueCharacters).contains(queue.unicodeScalars.count)
        else { return nil }
        return DeadLetterID(queue: queue, hex: key)
    }

    private static func text(_ string: JSONString, in document: UnsafeRawBufferPointer) -> String {
        var text: [UInt8] = []
        JSONText.appendDecoded(string, from: document, to: &text)
        return String(decoding: text, as: UTF8.self)
    }
}

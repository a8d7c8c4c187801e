import Fingerprint

/// Reads the bodies of `PATCH /errors/{fingerprint}` and `PATCH /errors`. Unlike a report, a command is taken exactly or not at all.
package struct StatusChangeDecoder {
    private enum Key: String, CaseIterable { case status, resolvedInRelease, fingerprints }

    private let keys = JSONKeyTable()
    private var status: ErrorStatus?
    private var release: String?
    private var fingerprints: [Fingerprint] = []
    private var problems: [FieldProblem] = []

    /// `{"status", "resolvedInRelease"?}`
    package static func single(_ body: [UInt8]) throws(RequestRejection) -> StatusChange {
        var decoder = StatusChangeDecoder()
        try decoder.decode(body, required: [.status])
        return StatusChange(status: decoder.status ?? .unresolved, resolvedInRelease: decoder.release)
    }

    /// `{"fingerprints", "status", "resolvedInRelease"?}`
    package static func bulk(_ body: [UInt8]) throws(RequestRejection) -> BulkStatusChange {
        var decoder = StatusChangeDecoder()
        try decoder.decode(body, required: [.fingerprints, .status])
        return BulkStatusChange(
            fingerprints: decoder.fingerprints,
            change: StatusChange(status: decoder.status ?? .unresolved, resolvedInRelease: decoder.release)
        )
    }

    /// - Throws: the first problem of the JSON, or all problems of the fields.
    private mutating func decode(_ body: [UInt8], required: Set<Key>) throws(RequestRejection) {
        try body.withUnsafeBufferPointer { (bytes) throws(RequestRejection) in
            try decode(UnsafeRawBufferPointer(bytes), required: required)
        }
    }

    private mutating func decode(_ body: UnsafeRawBufferPointer, required: Set<Key>) throws(RequestRejection) {
        var scanner = JSONScanner(body, keys: keys, maxDepth: ErrorLimits.depth)
        guard scanner.peek() != nil else { throw .emptyBody }
        var given: Set<Key> = []
        do throws(JSONProblem) {
            scanner.beginDocument()
            let isObject = scanner.peek() == UInt8(ascii: "{")
            if isObject {
                given = try members(&scanner, allowed: required.union([.status, .resolvedInRelease]))
            } else {
                _ = try scanner.scanValue()
            }
            try scanner.expectEnd()
            if let refusal = scanner.refusal { throw refusal }
            if !isObject { problems = [FieldProblem(field: "body", rule: "object")] }
            if isObject {
                for key in Key.allCases where required.contains(key) && !given.contains(key) {
                    note(key, "required")
                }
            }
        } catch {
            throw RequestRejection(error, in: body)
        }
        if release != nil, let status, status != .resolved { note(.resolvedInRelease, "onlyWith:resolved") }
        guard let first = problems.first else { return }
        throw RequestRejection(
            statusCode: 400, code: "invalid_status_change",
            message: "\(first.field) breaks the rule \(first.rule)", fields: problems)
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
            guard let key = Key(rawValue: text), allowed.contains(key) else {
                _ = try scanner.scanValue()
                problems.append(FieldProblem(field: String(text.prefix(64)), rule: "unknownField"))
                continue
            }
            // Scanned whole first: what is wrong with the JSON comes before what is wrong with the value.
            let value = try scanner.scanValue()
            guard value.kind != .null else { continue }
            given.insert(key)
            switch key {
            case .status: keepStatus(value, in: document)
            case .resolvedInRelease: keepRelease(value, in: document)
            case .fingerprints: try keepFingerprints(value, scanner)
            }
        }
        scanner.closeObject()
        return given
    }

    private mutating func note(_ key: Key, _ rule: String, limit: Int? = nil) {
        problems.append(FieldProblem(field: key.rawValue, rule: rule, limit: limit))
    }

    private mutating func keepStatus(_ value: JSONValue, in document: UnsafeRawBufferPointer) {
        guard let string = value.string else { return note(.status, "string") }
        status = ErrorStatus(rawValue: Self.text(string, in: document))
        guard let status, StatusChange.allowed.contains(status) else {
            status = nil
            return note(.status, "oneOf:" + StatusChange.allowed.map(\.rawValue).joined(separator: ","))
        }
    }

    private mutating func keepRelease(_ value: JSONValue, in document: UnsafeRawBufferPointer) {
        guard let string = value.string else { return note(.resolvedInRelease, "string") }
        // A repaired or cut text would be another release.
        guard string.traits.isDisjoint(with: .brokenText) else { return note(.resolvedInRelease, "utf8") }
        let text = Self.text(string, in: document)
        guard (1...ErrorLimits.shortTextCharacters).contains(text.unicodeScalars.count) else {
            return note(.resolvedInRelease, "characters", limit: ErrorLimits.shortTextCharacters)
        }
        release = text
    }

    /// - Parameter scanner: a copy, to go back to the array with.
    private mutating func keepFingerprints(_ value: JSONValue, _ scanner: JSONScanner) throws(JSONProblem) {
        guard value.kind == .array else { return note(.fingerprints, "stringArray") }
        var scanner = scanner
        scanner.move(to: value.start)
        try scanner.openList()
        var seen: Set<Fingerprint> = []
        while try scanner.nextElement(isFirst: seen.isEmpty) {
            let element = try scanner.scanValue()
            guard let string = element.string else { return note(.fingerprints, "stringArray") }
            guard let fingerprint = Fingerprint(hex: Self.text(string, in: scanner.bytes)) else {
                return note(.fingerprints, "hex", limit: 2 * Fingerprint.byteCount)
            }
            guard seen.insert(fingerprint).inserted else { return note(.fingerprints, "unique") }
            guard seen.count <= StatusChange.maxErrors else {
                return note(.fingerprints, "maxItems", limit: StatusChange.maxErrors)
            }
            fingerprints.append(fingerprint)
        }
        if fingerprints.isEmpty { note(.fingerprints, "minItems", limit: 1) }
    }

    private static func text(_ string: JSONString, in document: UnsafeRawBufferPointer) -> String {
        var text: [UInt8] = []
        JSONText.appendDecoded(string, from: document, to: &text)
        return String(decoding: text, as: UTF8.self)
    }
}

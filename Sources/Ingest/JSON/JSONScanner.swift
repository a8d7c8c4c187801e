/// Reads JSON (RFC 8259) from bytes, in one pass, without copying and without calling itself: a value nested a million deep
/// costs memory of the reused scratch and nothing else.
///
/// Text that is not JSON ends the scan with a thrown `JSONProblem`. JSON that is refused (duplicate keys, too deep, …) is noted
/// in `refusal` and the scan goes on, so that the caller can step over one bad item of a list.
///
/// Three things RFC 8259 leaves open or forbids are allowed here, because what can be kept is kept: a byte order mark at the
/// start, raw control characters in strings, and invalid UTF-8 in strings that are not keys. The traits of a string name them.
struct JSONScanner {
    let bytes: UnsafeRawBufferPointer
    /// Offset of the next byte to read.
    private(set) var position: Int
    /// The first reason to refuse what was scanned since `beginDocument`.
    private(set) var refusal: JSONProblem?
    let keys: JSONKeyTable
    /// Containers that may be open within one another.
    private let maxDepth: Int

    init(_ bytes: UnsafeRawBufferPointer, keys: JSONKeyTable, maxDepth: Int) {
        self.bytes = bytes
        self.position = 0
        self.keys = keys
        self.maxDepth = maxDepth
        if bytes.count >= 3, bytes[0] == 0xEF, bytes[1] == 0xBB, bytes[2] == 0xBF { position = 3 }
    }

    /// Starts anew at the current position: no refusal, no keys, depth 0.
    mutating func beginDocument() {
        refusal = nil
        keys.beginDocument()
    }

    /// Makes the scanner read on at `offset`.
    mutating func move(to offset: Int) {
        position = offset
    }

    // MARK: - Structure

    /// The next byte that is not white space; nil at the end.
    @inline(__always)
    mutating func peek() -> UInt8? {
        while position < bytes.count {
            let byte = bytes[position]
            guard byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 else { return byte }
            position += 1
        }
        return nil
    }

    /// Nothing but white space may follow.
    mutating func expectEnd() throws(JSONProblem) {
        guard peek() == nil else { throw JSONProblem(code: .trailingBytes, offset: position) }
    }

    /// Takes the `{` at the current position. Returns the object's number in the table of keys.
    mutating func openObject() throws(JSONProblem) -> UInt32 {
        try take(UInt8(ascii: "{"))
        let object = keys.beginObject()
        push(object)
        return object
    }

    /// The next key of the object opened last, with the colon taken; nil when the object ends, which is then to be closed.
    /// - Parameter unique: notes the key; false when the object has had it before.
    mutating func nextKey(isFirst: Bool, unique: (JSONString) -> Bool) throws(JSONProblem) -> JSONString? {
        guard let byte = peek() else { throw JSONProblem(code: .unexpectedEnd, offset: position) }
        if byte == UInt8(ascii: "}") {
            position += 1
            return nil
        }
        if !isFirst { try take(UInt8(ascii: ",")) }
        let key = try scanKey()
        if !unique(key) { refuse(.duplicateKey, at: key.start - 1) }
        return key
    }

    /// Takes the `[` at the current position as the start of a list of documents: it does not count as depth.
    mutating func openList() throws(JSONProblem) {
        try take(UInt8(ascii: "["))
    }

    /// Steps to the next element of an array or list; false when it ends.
    mutating func nextElement(isFirst: Bool) throws(JSONProblem) -> Bool {
        guard let byte = peek() else { throw JSONProblem(code: .unexpectedEnd, offset: position) }
        if byte == UInt8(ascii: "]") {
            position += 1
            return false
        }
        guard !isFirst else { return true }
        try take(UInt8(ascii: ","))
        guard let next = peek() else { throw JSONProblem(code: .unexpectedEnd, offset: position) }
        guard next != UInt8(ascii: "]") else { throw JSONProblem(code: .unexpectedByte, offset: position) }
        return true
    }

    /// Closes the object opened last.
    mutating func closeObject() {
        keys.open.removeLast()
    }

    // MARK: - Values

    /// Reads the value at the current position, whatever it is.
    mutating func scanValue() throws(JSONProblem) -> JSONValue {
        guard let byte = peek() else { throw JSONProblem(code: .unexpectedEnd, offset: position) }
        if byte == UInt8(ascii: "{") || byte == UInt8(ascii: "[") { return try scanContainer() }
        return try scanScalar(byte)
    }

    private mutating func scanScalar(_ byte: UInt8) throws(JSONProblem) -> JSONValue {
        let start = position
        var traits: JSONString.Traits = []
        let kind: JSONValue.Kind
        switch byte {
        case UInt8(ascii: "\""):
            traits = try scanString().traits
            kind = .string
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"):
            try scanNumber()
            kind = .number
        case UInt8(ascii: "t"):
            try takeLiteral("true")
            kind = .boolean
        case UInt8(ascii: "f"):
            try takeLiteral("false")
            kind = .boolean
        case UInt8(ascii: "n"):
            try takeLiteral("null")
            kind = .null
        default:
            throw JSONProblem(code: .unexpectedByte, offset: position)
        }
        return JSONValue(kind: kind, start: start, end: position, traits: traits, depth: 0)
    }

    /// Reads the object or array at the current position with all that is in it.
    private mutating func scanContainer() throws(JSONProblem) -> JSONValue {
        let kind: JSONValue.Kind = bytes[position] == UInt8(ascii: "{") ? .object : .array
        var value = JSONValue(kind: kind, start: position, end: position, traits: [], depth: 0)
        let floor = keys.open.count
        repeat {
            // At the start of a value.
            guard let byte = peek() else { throw JSONProblem(code: .unexpectedEnd, offset: position) }
            if byte == UInt8(ascii: "{") || byte == UInt8(ascii: "[") {
                position += 1
                push(byte == UInt8(ascii: "{") ? keys.beginObject() : 0)
                value.depth = max(value.depth, keys.open.count - floor)
                if try beginMember(isFirst: true) { continue }
            } else {
                value.traits.formUnion(try scanScalar(byte).traits)
            }
            // After a value: close what ends here, up to the container that goes on.
            while keys.open.count > floor {
                if try beginMember(isFirst: false) { break }
            }
        } while keys.open.count > floor
        value.end = position
        return value
    }

    /// Steps to the next value of the container opened last, over the comma, the key and the colon. False when the container ends.
    private mutating func beginMember(isFirst: Bool) throws(JSONProblem) -> Bool {
        let object = keys.open[keys.open.count - 1]
        let goesOn: Bool
        if object == 0 {
            goesOn = try nextElement(isFirst: isFirst)
        } else {
            let (bytes, keys) = (self.bytes, self.keys)
            goesOn = try nextKey(isFirst: isFirst, unique: { keys.insert($0, of: object, in: bytes) }) != nil
        }
        if !goesOn { keys.open.removeLast() }
        return goesOn
    }

    private mutating func scanKey() throws(JSONProblem) -> JSONString {
        guard let byte = peek() else { throw JSONProblem(code: .unexpectedEnd, offset: position) }
        guard byte == UInt8(ascii: "\"") else { throw JSONProblem(code: .unexpectedByte, offset: position) }
        let key = try scanString()
        if !key.traits.isDisjoint(with: .brokenJSON) { refuse(.brokenKey, at: key.start - 1) }
        guard peek() != nil else { throw JSONProblem(code: .unexpectedEnd, offset: position) }
        try take(UInt8(ascii: ":"))
        return key
    }

    // MARK: - Parts the extensions share

    mutating func take(_ expected: UInt8) throws(JSONProblem) {
        guard position < bytes.count else { throw JSONProblem(code: .unexpectedEnd, offset: position) }
        guard bytes[position] == expected else { throw JSONProblem(code: .unexpectedByte, offset: position) }
        position += 1
    }

    @inline(__always)
    mutating func advance(by count: Int) {
        position += count
    }

    mutating func refuse(_ code: JSONProblem.Code, at offset: Int) {
        if refusal == nil { refusal = JSONProblem(code: code, offset: offset) }
    }

    private mutating func push(_ object: UInt32) {
        keys.open.append(object)
        if keys.open.count > maxDepth { refuse(.tooDeep, at: position - 1) }
    }

    private mutating func takeLiteral(_ literal: StaticString) throws(JSONProblem) {
        for index in 0..<literal.utf8CodeUnitCount {
            guard position + index < bytes.count else { throw JSONProblem(code: .unexpectedEnd, offset: bytes.count) }
            guard bytes[position + index] == literal.utf8Start[index] else {
                throw JSONProblem(code: .invalidLiteral, offset: position)
            }
        }
        position += literal.utf8CodeUnitCount
    }
}

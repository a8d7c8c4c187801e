/// A key with its value.
struct JSONMember {
    var key: JSONString
    var value: JSONValue
}

/// The keys a decoder knows. Raw values count from 0.
protocol ObjectKey: RawRepresentable, Equatable, CaseIterable where RawValue == UInt8 {
    /// The key of an object whose members are noted one by one.
    static var nested: Self { get }
    /// The key with this text; nil when it is none we know.
    init?(_ text: UnsafeRawBufferPointer)
}

/// The members of one JSON object: found, proved to be JSON, and not looked into. Reused from object to object.
struct ObjectMembers<Key: ObjectKey> {
    let keys = JSONKeyTable()
    /// By `Key`.
    private var known = [JSONMember?](repeating: nil, count: Key.allCases.count)
    /// Members nobody knows, in their order.
    var unknown: [JSONMember] = []
    /// The members of the object under `Key.nested`, in their order.
    private(set) var nested: [JSONMember] = []
    /// The number of that object in the table of keys; nil when there is none.
    private var nestedObject: UInt32?
    private var decoded: [UInt8] = []

    subscript(key: Key) -> JSONMember? { known[Int(key.rawValue)] }

    /// Whether the object under `Key.nested` has a key of the same text.
    func nestedHas(_ key: JSONString, in document: UnsafeRawBufferPointer) -> Bool {
        guard let nestedObject else { return false }
        return keys.contains(key, of: nestedObject, in: document)
    }

    /// Reads the object at the scanner's position and leaves the scanner behind it.
    mutating func scan(_ scanner: inout JSONScanner) throws(JSONProblem) {
        for index in known.indices { known[index] = nil }
        unknown.removeAll(keepingCapacity: true)
        nested.removeAll(keepingCapacity: true)
        nestedObject = nil

        let object = try scanner.openObject()
        var isFirst = true
        while true {
            var spelling: Key?
            let document = scanner.bytes
            let key = try scanner.nextKey(isFirst: isFirst) { key in
                spelling = self.spelling(of: key, in: document)
                guard let spelling else { return keys.insert(key, of: object, in: document) }
                return known[Int(spelling.rawValue)] == nil
            }
            guard let key else { break }
            isFirst = false
            let value = spelling == Key.nested ? try scanNested(&scanner) : try scanner.scanValue()
            let member = JSONMember(key: key, value: value)
            if let spelling {
                known[Int(spelling.rawValue)] = member
            } else {
                unknown.append(member)
            }
        }
        scanner.closeObject()
    }

    /// Reads the value of `Key.nested`; of an object each member is noted, so that keys can be left out one by one.
    private mutating func scanNested(_ scanner: inout JSONScanner) throws(JSONProblem) -> JSONValue {
        guard scanner.peek() == UInt8(ascii: "{") else { return try scanner.scanValue() }
        let start = scanner.position
        let document = scanner.bytes
        let object = try scanner.openObject()
        nestedObject = object
        while true {
            let isFirst = nested.isEmpty
            guard let key = try scanner.nextKey(isFirst: isFirst, unique: { keys.insert($0, of: object, in: document) })
            else { break }
            nested.append(JSONMember(key: key, value: try scanner.scanValue()))
        }
        scanner.closeObject()
        return JSONValue(kind: .object, start: start, end: scanner.position, traits: [], depth: 1)
    }

    private mutating func spelling(of key: JSONString, in document: UnsafeRawBufferPointer) -> Key? {
        withDecoded(key, in: document) { Key($0) }
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
        decoded.removeAll(keepingCapacity: true)
        // No key or time we know is longer.
        JSONText.appendDecoded(string, from: document, to: &decoded, maxBytes: 256)
        return decoded.withUnsafeBytes(body)
    }
}

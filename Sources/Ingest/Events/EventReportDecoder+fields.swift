extension EventReportDecoder {
    /// Checks the values found and keeps them; what breaks a rule is noted in `problems`, in the order of the fields.
    mutating func interpret(_ document: UnsafeRawBufferPointer) {
        for field in EventField.allCases {
            guard let member = members[field], member.value.kind != .null else {
                if field.isRequired { note(field, .required) }
                continue
            }
            switch field {
            case .timestamp: keepTime(member.value, in: document)
            case .value: keepValue(member.value, in: document)
            case .properties where member.value.kind != .object: note(.properties, .object)
            case .properties: break
            default: keepText(member.value, as: field, in: document)
            }
        }
        if problems.isEmpty { keepProperties(from: document) }
    }

    private mutating func note(_ field: EventField, _ rule: EventRule) {
        problems.append(rule.problem(of: field))
    }

    // MARK: - Scalars

    private mutating func keepText(_ value: JSONValue, as field: EventField, in document: UnsafeRawBufferPointer) {
        guard let string = value.string, let limit = EventLimits.text(field) else { return note(field, .string) }
        guard string.count > 0 else {
            // An empty text is as good as none.
            if field.isRequired { note(field, .required) }
            return
        }
        // Repaired, it could be equal to another one; an address stays useful without its control characters.
        let refused: JSONString.Traits = field.isIdentity ? .brokenText : [.invalidUTF8, .loneSurrogate]
        guard string.traits.isDisjoint(with: refused) else { return note(field, .utf8) }
        let start = texts.bytes.count
        if string.traits.isDisjoint(with: JSONString.Traits.brokenText.union(.escapes)) {
            texts.bytes.append(bytesOf: document, string.start..<string.end)
        } else {
            JSONText.appendDecoded(string, from: document, to: &texts.bytes, maxBytes: limit.maxBytes)
        }
        let isKept = texts.bytes.withUnsafeBytes { bytes in
            let text = UnsafeRawBufferPointer(rebasing: bytes[start...])
            return limit.keptCount(of: text) == text.count
        }
        guard isKept else { return note(field, .characters(limit.minBytes)) }
        // Tabs and line ends that were written as escapes.
        if field.isIdentity, string.traits.contains(.escapes), texts.bytes[start...].contains(where: { $0 < 0x20 }) {
            return note(field, .utf8)
        }
        texts.setExtent(TextExtent(start..<texts.bytes.count), of: field)
    }

    private mutating func keepTime(_ value: JSONValue, in document: UnsafeRawBufferPointer) {
        guard let string = value.string else { return note(.timestamp, .timestamp) }
        guard let time = members.withDecoded(string, in: document, { EventTime.milliseconds(iso8601: $0) }) else {
            return note(.timestamp, .timestamp)
        }
        guard time >= EventLimits.oldestMilliseconds,
            time <= receivedMilliseconds + EventLimits.aheadMilliseconds
        else { return note(.timestamp, .timeRange) }
        occurredMilliseconds = time
    }

    private mutating func keepValue(_ value: JSONValue, in document: UnsafeRawBufferPointer) {
        guard value.kind == .number else { return note(.value, .number) }
        // The scanner has refused what is too large for a binary64; what is too small for one is 0.
        self.value = Double(String(decoding: document[value.start..<value.end], as: UTF8.self)) ?? 0
    }

    // MARK: - Properties

    /// Writes the client's properties and the unknown members as one JSON object. An unknown member whose key the properties have
    /// already is left out.
    private mutating func keepProperties(from document: UnsafeRawBufferPointer) {
        guard !members.nested.isEmpty || !members.unknown.isEmpty else { return }
        let start = texts.bytes.count
        texts.bytes.append(UInt8(ascii: "{"))
        for member in members.nested {
            guard keepProperty(member, start: start, from: document) else { return }
        }
        for member in members.unknown where !members.nestedHas(member.key, in: document) {
            guard keepProperty(member, start: start, from: document) else { return }
        }
        texts.bytes.append(UInt8(ascii: "}"))
        texts.setExtent(TextExtent(start..<texts.bytes.count), of: .properties)
    }

    /// Appends a member; false when it breaks a limit, which is noted.
    private mutating func keepProperty(_ member: JSONMember, start: Int, from document: UnsafeRawBufferPointer) -> Bool
    {
        guard member.value.depth < EventLimits.propertiesDepth else {
            note(.properties, .depth(EventLimits.propertiesDepth))
            return false
        }
        if texts.bytes.count > start + 1 { texts.bytes.append(UInt8(ascii: ",")) }
        texts.bytes.append(bytesOf: document, member.key.start - 1..<member.key.end + 1)
        texts.bytes.append(UInt8(ascii: ":"))
        // Not copied only to be thrown away. Repairing never shortens a value by more than half.
        let room = EventLimits.propertiesBytes - 1 - (texts.bytes.count - start)
        if member.value.count / 2 <= room {
            JSONText.appendRepaired(member.value, from: document, to: &texts.bytes)
            // One byte is kept for the closing brace.
            if texts.bytes.count - start < EventLimits.propertiesBytes { return true }
        }
        note(.properties, .bytes(EventLimits.propertiesBytes))
        return false
    }
}

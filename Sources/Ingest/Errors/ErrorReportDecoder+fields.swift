extension ErrorReportDecoder {
    /// Checks the values found and keeps them in `report`; what breaks a rule is noted in `problems`.
    mutating func interpret(_ scanner: inout JSONScanner) {
        var taken: ErrorFieldSet = []
        for key in ErrorKey.allCases {
            guard let member = members[key], member.value.kind != .null else { continue }
            guard taken.insert(ErrorFieldSet(key.field)).inserted else {
                // A second spelling of the same field.
                members.unknown.append(member)
                continue
            }
            switch key.field {
            case .timestamp: keepTime(member.value, in: scanner.bytes)
            case .fingerprint: keepFingerprint(member.value, &scanner)
            case .eventId: keepEventID(member.value, in: scanner.bytes)
            case .context where member.value.kind != .object: note(.context, "object")
            case .context: break
            case let field: keepText(member.value, as: field, in: scanner.bytes)
            }
        }
        if report.texts[.message] == nil, !problems.contains(where: { $0.field == "message" }) {
            problems.insert(FieldProblem(field: "message", rule: "required"), at: 0)
        }
        if problems.isEmpty { keepContext(from: scanner.bytes) }
    }

    private mutating func note(_ field: ErrorField, _ rule: String, limit: Int? = nil) {
        problems.append(FieldProblem(field: field.name.description, rule: rule, limit: limit))
    }

    // MARK: - Texts

    private mutating func keepText(_ value: JSONValue, as field: ErrorField, in document: UnsafeRawBufferPointer) {
        guard let string = value.string, let limit = ErrorLimits.text(field) else { return note(field, "string") }
        // An empty text is as good as none.
        guard string.count > 0 else { return }
        let extent = append(string, limit: limit, of: field, in: document)
        report.texts.setExtent(extent, of: field)
        if field == .level { lowercaseKnownLevel(extent) }
    }

    /// Appends a text to the report's, repaired, scrubbed and cut as needed. Scrubbed before it is cut: a secret is found only whole.
    private mutating func append(
        _ string: JSONString,
        limit: TextLimit,
        of field: ErrorField,
        in document: UnsafeRawBufferPointer
    ) -> ErrorTexts.Extent {
        let start = report.texts.bytes.count
        let needsWork = !string.traits.isDisjoint(with: JSONString.Traits.brokenText.union(.escapes))
        // An event id tells reports apart, and so does not become the same as all others that hold a secret.
        // A flag, not a scrubber that may be nil: making one retains and releases what it holds, for each text of each report.
        let mayHoldSecrets = field != .eventId && scrubber != nil
        if needsWork {
            let firstRepair = JSONText.appendDecoded(
                string,
                from: document,
                to: &report.texts.bytes,
                maxBytes: mayHoldSecrets ? .max : limit.maxBytes
            )
            let used = report.texts.bytes.withUnsafeBytes { bytes in
                mayHoldSecrets
                    ? scrubber?.scrub(
                        UnsafeRawBufferPointer(rebasing: bytes[start...]), maxBytes: limit.maxBytes,
                        into: &scratch.scrubbed) : nil
            }
            if used != nil {
                report.texts.bytes.removeLast(report.texts.bytes.count - start)
                report.texts.bytes.append(contentsOf: scratch.scrubbed)
                report.scrubbed.insert(ErrorFieldSet(field))
            }
            let count = report.texts.bytes.count - start
            let kept = report.texts.bytes.withUnsafeBytes {
                limit.keptCount(of: UnsafeRawBufferPointer(rebasing: $0[start...]))
            }
            if let firstRepair, firstRepair < used ?? kept { report.repaired.insert(ErrorFieldSet(field)) }
            if kept < count {
                report.texts.bytes.removeLast(count - kept)
                report.truncated.insert(ErrorFieldSet(field))
            }
        } else {
            let text = UnsafeRawBufferPointer(rebasing: document[string.start..<string.end])
            if mayHoldSecrets, scrubber?.scrub(text, maxBytes: limit.maxBytes, into: &scratch.scrubbed) != nil {
                scratch.scrubbed.withUnsafeBytes { keep($0, limit: limit, of: field) }
                report.scrubbed.insert(ErrorFieldSet(field))
            } else {
                keep(text, limit: limit, of: field)
            }
        }
        return ErrorTexts.Extent(start..<report.texts.bytes.count)
    }

    /// Appends as much of a text as the limit allows.
    private mutating func keep(_ text: UnsafeRawBufferPointer, limit: TextLimit, of field: ErrorField) {
        let kept = limit.keptCount(of: text)
        report.texts.bytes.append(bytesOf: text, 0..<kept)
        if kept < text.count { report.truncated.insert(ErrorFieldSet(field)) }
    }

    private mutating func keepEventID(_ value: JSONValue, in document: UnsafeRawBufferPointer) {
        guard let string = value.string else { return note(.eventId, "string") }
        guard string.count > 0 else { return }
        // A repaired id could be equal to another one's.
        guard string.traits.isDisjoint(with: .brokenText) else { return note(.eventId, "utf8") }
        let limit = TextLimit.bytes(ErrorLimits.eventIDBytes)
        let extent = append(string, limit: limit, of: .eventId, in: document)
        guard report.truncated.remove(ErrorFieldSet(.eventId)) == nil else {
            return note(.eventId, "maxBytes", limit: ErrorLimits.eventIDBytes)
        }
        report.texts.setExtent(extent, of: .eventId)
        let isSecret = report.texts.bytes.withUnsafeBytes {
            scrubber?.isSecret(UnsafeRawBufferPointer(rebasing: $0[extent.range])) ?? false
        }
        if isSecret { report.scrubbed.insert(ErrorFieldSet(.eventId)) }
    }

    private static let levels: [StaticString] = ["fatal", "error", "warning", "info", "debug"]

    /// `ERROR` and `Error` are the level `error`. Levels we do not know are kept as they are.
    private mutating func lowercaseKnownLevel(_ extent: ErrorTexts.Extent) {
        let range = extent.range
        for level in Self.levels where level.utf8CodeUnitCount == range.count {
            let isEqual = range.indices.allSatisfy {
                report.texts.bytes[$0] | 0x20 == level.utf8Start[$0 - range.lowerBound]
            }
            guard isEqual else { continue }
            for index in range { report.texts.bytes[index] |= 0x20 }
            return
        }
    }

    // MARK: - Time and fingerprint

    private mutating func keepTime(_ value: JSONValue, in document: UnsafeRawBufferPointer) {
        let time: Int64?
        switch value.kind {
        case .number:
            time = EventTime.milliseconds(number: UnsafeRawBufferPointer(rebasing: document[value.start..<value.end]))
            guard time != nil else { return note(.timestamp, "range") }
        case .string:
            guard let string = value.string else { return note(.timestamp, "stringOrNumber") }
            time = members.withDecoded(string, in: document) { EventTime.milliseconds(text: $0) }
        default:
            return note(.timestamp, "stringOrNumber")
        }
        if let time, EventTime.isBelievable(time, receivedAt: report.receivedMilliseconds) {
            report.eventMilliseconds = time
        } else {
            report.adjusted.insert(ErrorFieldSet(.timestamp))
        }
    }

    private mutating func keepFingerprint(_ value: JSONValue, _ scanner: inout JSONScanner) {
        guard value.kind == .array else { return note(.fingerprint, "stringArray") }
        let end = scanner.position
        defer { scanner.move(to: end) }
        scanner.move(to: value.start)
        let limit = TextLimit.characters(ErrorLimits.shortTextCharacters)
        do throws(JSONProblem) {
            try scanner.openList()
            var isFirst = true
            while try scanner.nextElement(isFirst: isFirst) {
                isFirst = false
                guard scanner.peek() == UInt8(ascii: "\"") else { return note(.fingerprint, "stringArray") }
                let string = try scanner.scanString()
                if report.fingerprintParts.count < ErrorLimits.fingerprintParts {
                    let extent = append(string, limit: limit, of: .fingerprint, in: scanner.bytes)
                    report.fingerprintParts.append(extent)
                } else {
                    report.truncated.insert(ErrorFieldSet(.fingerprint))
                }
            }
        } catch {
            // The scan before this one has found the array sound; said here for completeness.
            note(.fingerprint, "stringArray")
        }
    }

    // MARK: - Context

    /// Writes the client's context and the unknown members as one JSON object. A member that does not fit, nests too deep for
    /// the store or has the key of one that is there already is left out whole.
    private mutating func keepContext(from document: UnsafeRawBufferPointer) {
        guard !members.nested.isEmpty || !members.unknown.isEmpty else { return }
        let start = report.texts.bytes.count
        report.texts.bytes.append(UInt8(ascii: "{"))
        for member in members.nested { keepContextMember(member, start: start, from: document) }
        for member in members.unknown {
            if members.nestedHas(member.key, in: document) {
                report.truncated.insert(ErrorFieldSet(.context))
            } else {
                keepContextMember(member, start: start, from: document)
            }
        }
        guard report.texts.bytes.count > start + 1 else {
            report.texts.bytes.removeLast()
            return
        }
        report.texts.bytes.append(UInt8(ascii: "}"))
        report.texts.setExtent(ErrorTexts.Extent(start..<report.texts.bytes.count), of: .context)
    }

    private mutating func keepContextMember(_ member: JSONMember, start: Int, from document: UnsafeRawBufferPointer) {
        let before = report.texts.bytes.count
        let roomLeft = ErrorLimits.contextBytes - (before - start)
        var fits = member.value.depth < ErrorLimits.contextDepth
        // Not copied only to be thrown away. Repairing never shortens a value by more than half.
        fits = fits && member.key.count + member.value.count / 2 < roomLeft
        if fits {
            if before > start + 1 { report.texts.bytes.append(UInt8(ascii: ",")) }
            guard copyContextMember(member, from: document) else {
                return report.texts.bytes.removeLast(report.texts.bytes.count - before)
            }
            // One byte is kept for the closing brace.
            fits = report.texts.bytes.count - start < ErrorLimits.contextBytes
        }
        guard fits else {
            report.texts.bytes.removeLast(report.texts.bytes.count - before)
            report.truncated.insert(ErrorFieldSet(.context))
            return
        }
        if !member.value.traits.isDisjoint(with: .brokenJSON) { report.repaired.insert(ErrorFieldSet(.context)) }
    }

    /// Appends a member without the secrets in it; false when nothing is left of it.
    private mutating func copyContextMember(_ member: JSONMember, from document: UnsafeRawBufferPointer) -> Bool {
        guard let scrubber, !scrubber.isClean(key: member.key, value: member.value, in: document) else {
            report.texts.bytes.append(bytesOf: document, member.key.start - 1..<member.key.end + 1)
            report.texts.bytes.append(UInt8(ascii: ":"))
            JSONText.appendRepaired(member.value, from: document, to: &report.texts.bytes)
            return true
        }
        let isScrubbed = scrubber.appendMember(
            key: member.key, value: member.value, from: document, to: &report.texts.bytes, scratch: &scratch)
        if isScrubbed ?? true { report.scrubbed.insert(ErrorFieldSet(.context)) }
        return isScrubbed != nil
    }
}

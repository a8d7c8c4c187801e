/// Reads one item out of JSON. Belongs to one event loop; its memory is reused from item to item.
protocol ItemDecoder {
    func scanner(for document: UnsafeRawBufferPointer) -> JSONScanner

    /// Reads one item at the scanner's position, keeps it, and leaves the scanner behind it.
    /// - Parameter milliseconds: the time of receipt, Unix.
    /// - Returns: why the item is rejected; nil when the decoder holds it.
    /// - Throws: the text is not JSON, and nothing after it can be read.
    mutating func decode(
        from scanner: inout JSONScanner,
        receivedAt milliseconds: Int64
    ) throws(JSONProblem) -> RequestRejection?
}

/// What both ingest paths do alike with the body of a request: one item, or a batch of them.
protocol ItemPath: AnyObject {
    associatedtype Decoder: ItemDecoder
    associatedtype Admission

    static var batchRules: BatchRules { get }
    var decoder: Decoder { get set }

    /// Adds the item of a batch that was decoded last, or the reason why it is none.
    func add(_ rejection: RequestRejection?, to admission: inout Admission)
}

/// What a batch of one path may be.
struct BatchRules: Sendable {
    var maxItems: Int
    /// Thrown when there are more.
    var tooMany: RequestRejection
    /// Thrown when there are none.
    var empty: RequestRejection
    /// Whether one object may go over several lines; else each line is an item.
    var takesOneObject: Bool
}

extension ItemPath {
    /// Reads a body that is one item.
    func decodeOnly(_ body: UnsafeRawBufferPointer, receivedAt milliseconds: Int64) throws(RequestRejection) {
        var scanner = decoder.scanner(for: body)
        guard scanner.peek() != nil else { throw .emptyBody }
        if let rejection = decodeWhole(&scanner, receivedAt: milliseconds) { throw rejection }
    }

    /// Reads a JSON array of items, or items in lines (NDJSON; empty lines are passed over). A bad item or a line that is not JSON
    /// rejects itself only; an array that is not JSON is rejected whole.
    func addBatch(
        _ body: UnsafeRawBufferPointer,
        receivedAt milliseconds: Int64,
        to admission: inout Admission
    ) throws(RequestRejection) {
        var scanner = decoder.scanner(for: body)
        let count: Int
        if scanner.peek() == UInt8(ascii: "[") {
            count = try addArray(&scanner, receivedAt: milliseconds, to: &admission)
        } else {
            let lines = UnsafeRawBufferPointer(rebasing: body[scanner.position...])
            if Self.batchRules.takesOneObject, isOneItem(lines, receivedAt: milliseconds) {
                add(decodeWhole(&scanner, receivedAt: milliseconds), to: &admission)
                return
            }
            count = try addLines(of: lines, receivedAt: milliseconds, to: &admission)
        }
        guard count > 0 else { throw Self.batchRules.empty }
    }

    private func addArray(
        _ scanner: inout JSONScanner,
        receivedAt milliseconds: Int64,
        to admission: inout Admission
    ) throws(RequestRejection) -> Int {
        let body = scanner.bytes
        var count = 0
        var isTooLong = false
        do throws(JSONProblem) {
            try scanner.openList()
            while try scanner.nextElement(isFirst: count == 0) {
                guard count < Self.batchRules.maxItems else {
                    isTooLong = true
                    break
                }
                let rejection = try decoder.decode(from: &scanner, receivedAt: milliseconds)
                add(rejection, to: &admission)
                count += 1
            }
            if !isTooLong { try scanner.expectEnd() }
        } catch {
            throw RequestRejection(error, in: body)
        }
        if isTooLong { throw Self.batchRules.tooMany }
        return count
    }

    private func addLines(
        of body: UnsafeRawBufferPointer,
        receivedAt milliseconds: Int64,
        to admission: inout Admission
    ) throws(RequestRejection) -> Int {
        var count = 0
        for line in TextLines(body) {
            var scanner = decoder.scanner(for: line)
            guard scanner.peek() != nil else { continue }
            guard count < Self.batchRules.maxItems else { throw Self.batchRules.tooMany }
            add(decodeWhole(&scanner, receivedAt: milliseconds), to: &admission)
            count += 1
        }
        return count
    }

    /// Reads one item that is all there is to read.
    private func decodeWhole(_ scanner: inout JSONScanner, receivedAt milliseconds: Int64) -> RequestRejection? {
        do throws(JSONProblem) {
            let rejection = try decoder.decode(from: &scanner, receivedAt: milliseconds)
            try scanner.expectEnd()
            return rejection
        } catch {
            return RequestRejection(error, in: scanner.bytes)
        }
    }

    /// Whether there is one item, rather than one in each line: it is JSON from end to end, or goes over several lines and is
    /// damaged.
    func isOneItem(_ text: UnsafeRawBufferPointer, receivedAt milliseconds: Int64) -> Bool {
        var lines = TextLines(text).makeIterator()
        guard let first = lines.next(), let second = lines.next(), !isJSON(first, receivedAt: milliseconds) else {
            return false
        }
        return second.first { $0 > 0x20 } != UInt8(ascii: "{") || isJSON(text, receivedAt: milliseconds)
    }

    private func isJSON(_ text: UnsafeRawBufferPointer, receivedAt milliseconds: Int64) -> Bool {
        var scanner = decoder.scanner(for: text)
        do throws(JSONProblem) {
            _ = try decoder.decode(from: &scanner, receivedAt: milliseconds)
            try scanner.expectEnd()
            return true
        } catch {
            return false
        }
    }
}

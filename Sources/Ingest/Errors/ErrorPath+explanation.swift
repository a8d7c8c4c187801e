internal import Fingerprint

/// For people who ask why a report has the fingerprint it has. Reads and scrubs reports as an admission does, and keeps nothing.
extension ErrorPath {
    /// Explains the reports of `input` one after another: one JSON object, a JSON array, or reports in lines (empty lines are passed
    /// over), as many as there are. A bad report is told of in its place and the ones after it are still read, but nothing can be
    /// read behind a place where an array is no JSON.
    /// - Parameters:
    ///   - input: valid during the call.
    ///   - milliseconds: stands for the time of receipt, Unix.
    ///   - report: called for each report, in order.
    package func explain(
        _ input: UnsafeRawBufferPointer,
        receivedAt milliseconds: Int64,
        _ report: (ReportExplanation) -> Void
    ) {
        var scanner = decoder.scanner(for: input)
        if scanner.peek() == UInt8(ascii: "[") {
            explainArray(&scanner, receivedAt: milliseconds, report)
        } else if isWholeReport(input, receivedAt: milliseconds) {
            report(explainWhole(input, receivedAt: milliseconds))
        } else {
            for line in Lines(input) { report(explainWhole(line, receivedAt: milliseconds)) }
        }
    }

    /// Whether there is one report, rather than one in each line: it is JSON from end to end, or goes over several lines and
    /// is damaged.
    private func isWholeReport(_ input: UnsafeRawBufferPointer, receivedAt milliseconds: Int64) -> Bool {
        var lines = Lines(input).makeIterator()
        guard let first = lines.next(), let second = lines.next() else { return false }
        if isJSON(input, receivedAt: milliseconds) { return true }
        return !isJSON(first, receivedAt: milliseconds) && second.first { $0 > 0x20 } != UInt8(ascii: "{")
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

    private func explainArray(
        _ scanner: inout JSONScanner,
        receivedAt milliseconds: Int64,
        _ report: (ReportExplanation) -> Void
    ) {
        do throws(JSONProblem) {
            try scanner.openList()
            var isFirst = true
            while try scanner.nextElement(isFirst: isFirst) {
                isFirst = false
                let rejection = try decoder.decode(from: &scanner, receivedAt: milliseconds)
                report(rejection.map { .rejected($0) } ?? explainDecoded())
            }
            try scanner.expectEnd()
        } catch {
            report(.rejected(RequestRejection(error, in: scanner.bytes)))
        }
    }

    private func explainWhole(_ text: UnsafeRawBufferPointer, receivedAt milliseconds: Int64) -> ReportExplanation {
        var scanner = decoder.scanner(for: text)
        do throws(JSONProblem) {
            if let rejection = try decoder.decode(from: &scanner, receivedAt: milliseconds) {
                return .rejected(rejection)
            }
            try scanner.expectEnd()
            return explainDecoded()
        } catch {
            return .rejected(RequestRejection(error, in: text))
        }
    }

    private func explainDecoded() -> ReportExplanation {
        withFingerprintInput { input in
            let explanation = fingerprinter.explain(input, grouping: grouping)
            let usesStack = explanation.parts.contains { $0.name == .function }
            return .accepted(explanation, stack: usesStack ? input.stackTrace.map(fingerprinter.readStack) : nil)
        }
    }

    /// The lines that are not empty.
    private struct Lines: Sequence, IteratorProtocol {
        private let text: UnsafeRawBufferPointer
        private var position = 0

        init(_ text: UnsafeRawBufferPointer) {
            self.text = text
        }

        mutating func next() -> UnsafeRawBufferPointer? {
            while position < text.count {
                let end = text[position...].firstIndex(of: UInt8(ascii: "\n")) ?? text.count
                let line = UnsafeRawBufferPointer(rebasing: text[position..<end])
                position = end + 1
                if line.contains(where: { $0 > 0x20 }) { return line }
            }
            return nil
        }
    }
}

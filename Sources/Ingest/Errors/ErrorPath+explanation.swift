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
        } else if isOneItem(input, receivedAt: milliseconds) {
            report(explainWhole(input, receivedAt: milliseconds))
        } else {
            for line in TextLines(input) { report(explainWhole(line, receivedAt: milliseconds)) }
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
}

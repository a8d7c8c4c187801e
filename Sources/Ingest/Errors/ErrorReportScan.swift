/// The first step of decoding a report, alone, for measuring it: finds the members and proves that the text is JSON. Its memory is
/// reused from report to report.
package struct ErrorReportScan {
    private var members = ObjectMembers<ErrorKey>()

    package init() {}

    /// - Returns: how many bytes of the document the object takes.
    package mutating func scan(_ document: UnsafeRawBufferPointer) throws(RequestRejection) -> Int {
        var scanner = JSONScanner(document, keys: members.keys, maxDepth: ErrorLimits.depth)
        scanner.beginDocument()
        do throws(JSONProblem) {
            try members.scan(&scanner)
            try scanner.expectEnd()
        } catch {
            throw RequestRejection(error, in: document)
        }
        if let refusal = scanner.refusal { throw RequestRejection(refusal, in: document) }
        return scanner.position
    }
}

import Ingest

extension Gate {
    static let scanning = [
        scan("json-report", "scan the JSON of a report of 300 bytes", GateInput.report, iterations: 500),
        scan(
            "json-stack", "scan the JSON of a report with a stack trace of 4 KiB", GateInput.reportWithStack,
            iterations: 500),
    ]

    private static func scan(_ name: String, _ summary: String, _ document: [UInt8], iterations: Int) -> Gate {
        Gate(name, summary, iterations: iterations) {
            var scan = ErrorReportScan()
            let work = { try document.withUnsafeBytes { try scan.scan($0) } }
            try expect(try work() == document.count, "the report is not scanned to its end")
            return work
        }
    }
}

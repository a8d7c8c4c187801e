import Ingest

/// All findings of one check, and what they come to.
struct CheckReport: Sendable {
    /// Whether a warning counts as a failure.
    let isStrict: Bool
    private(set) var findings: [CheckFinding] = []

    init(isStrict: Bool) {
        self.isStrict = isStrict
    }

    mutating func add(_ new: [CheckFinding]) {
        findings += new
    }

    /// The gravest failure's class; nil when there is none.
    var worst: CheckClass? {
        let failed = findings.filter { $0.status == .failure || isStrict && $0.status == .warning }.map(\.about)
        return CheckClass.allCases.first { failed.contains($0) }
    }

    /// 0, or the number of the gravest failure's class.
    var exitCode: Int32 { worst?.rawValue ?? 0 }

    var text: String {
        let counts = [CheckFinding.Status.failure, .warning, .ok].map { status in
            "\(findings.count { $0.status == status }) \(status.rawValue)"
        }
        let end = worst.map { "exit status \(exitCode) (\($0.name))" } ?? "exit status 0"
        return findings.map(\.text).joined(separator: "\n") + "\n\n" + counts.joined(separator: ", ") + "; " + end
            + "\n"
    }

    var json: [UInt8] {
        var writer = JSONWriter()
        writer.object { writer in
            let statuses = findings.map(\.status)
            let status: CheckFinding.Status =
                worst != nil ? .failure : statuses.contains(.warning) ? .warning : .ok
            writer.field("status", status.rawValue)
            writer.field("exitCode", exitCode)
            writer.field("class", worst?.name)
            writer.field("version", ServiceVersion.text)
            writer.key("findings")
            writer.array { writer in
                for finding in findings { writer.object { finding.write(to: &$0) } }
            }
        }
        return writer.bytes
    }
}

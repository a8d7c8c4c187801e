import Fingerprint

extension Gate {
    static let normalising = [
        input("normalise-stack", "normalise a JavaScript stack trace of 4 KiB", stack, iterations: 50) {
            $0.normalisedByteCount(of: $1)
        },
        input("normalise-message", "normalise a message with ids, times and addresses in it", message, iterations: 200)
        {
            $0.normalisedByteCount(of: $1)
        },
    ]

    static let fingerprinting = [
        input("fingerprint-report", "the digest of a report of 300 bytes", report, iterations: 200) {
            $0.fingerprint($1).sample
        },
        input("fingerprint-stack", "the digest of an error with a stack trace of 4 KiB", stack, iterations: 50) {
            $0.fingerprint($1).sample
        },
    ]

    private static func input(
        _ name: String, _ summary: String, _ texts: Texts, iterations: Int,
        _ work: @escaping @Sendable (Fingerprinter, borrowing FingerprintInput) -> Int
    ) -> Gate {
        Gate(name, summary, iterations: iterations) {
            let fingerprinter = try Fingerprinter()
            let once = { texts.withInput { work(fingerprinter, $0) } }
            try expect(once() != 0, "nothing was made of the error")
            return once
        }
    }

    private static let report = Texts(
        type: "TypeError", message: "Cannot read properties of undefined (reading 'total')",
        stackTrace: "TypeError: x\n    at render (/srv/app/cart.js:42:17)\n    at main (/srv/app/index.js:10:3)")

    private static let stack = Texts(
        type: "TypeError", message: "Cannot read properties of undefined (reading 'total')",
        stackTrace: GateInput.stackTrace)

    private static let message = Texts(type: "OrderError", message: GateInput.variableMessage, stackTrace: "")

    /// What identifies an error.
    private struct Texts: Sendable {
        let project = Array("shop".utf8)
        let type: [UInt8]
        let message: [UInt8]
        let stackTrace: [UInt8]

        init(type: String, message: String, stackTrace: String) {
            self.type = Array(type.utf8)
            self.message = Array(message.utf8)
            self.stackTrace = Array(stackTrace.utf8)
        }

        func withInput<R>(_ body: (borrowing FingerprintInput) -> R) -> R {
            project.withUnsafeBytes { project in
                type.withUnsafeBytes { type in
                    message.withUnsafeBytes { message in
                        stackTrace.withUnsafeBytes { stackTrace in
                            body(
                                FingerprintInput(
                                    project: project, type: type, message: message, stackTrace: stackTrace))
                        }
                    }
                }
            }
        }
    }
}

extension FingerprintResult {
    /// Something that depends on the digest.
    fileprivate var sample: Int {
        fingerprint.withUnsafeBytes { Int(truncatingIfNeeded: $0.loadUnaligned(as: UInt64.self) | 1) }
    }
}

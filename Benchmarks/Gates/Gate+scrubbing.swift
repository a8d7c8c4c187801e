import Ingest

extension Gate {
    static let scrubbing = [
        Gate("scrub-clean", "look for secrets in a stack trace of 4 KiB that has none", iterations: 200) {
            let text = Array(GateInput.stackTrace.utf8)
            var output: [UInt8] = []
            let work = { text.withUnsafeBytes { Scrubber.standard.scrub($0, into: &output) } ?? 0 }
            try expect(work() == 0, "there is a secret in the text that has none")
            return work
        },
        Gate("scrub-secrets", "replace a token, a password in an address and a card number", iterations: 500) {
            let text = Array(GateInput.secretText.utf8)
            var output: [UInt8] = []
            let work = {
                let count = text.withUnsafeBytes { Scrubber.standard.scrub($0, into: &output) } ?? 0
                return count + output.count
            }
            try expect(work() > text.count, "the secrets were not found")
            let scrubbed = String(decoding: output, as: UTF8.self)
            try expect(scrubbed.split(separator: "[scrubbed]").count >= 3, "secrets are left: \(scrubbed)")
            return work
        },
    ]
}

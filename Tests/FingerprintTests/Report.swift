import Fingerprint

/// An error report as the tests write it down.
struct Report: Sendable, CustomStringConvertible {
    var project: String?
    var type: String?
    var message = ""
    var stack: String?
    var custom: [String] = []

    var description: String { "\(type ?? "–"): \(message) \(stack ?? "") \(custom)" }

    /// Calls `body` with the report as borrowed bytes.
    func withInput<R>(_ body: (FingerprintInput) throws -> R) rethrows -> R {
        try Bytes(project).borrow { project in
            try Bytes(type).borrow { type in
                try Bytes(message).borrow { message in
                    try Bytes(stack).borrow { stack in
                        // The elements lie behind one another in one array, as they do in a decoder's buffer.
                        let joined = custom.flatMap { Array($0.utf8) }
                        return try joined.withUnsafeBytes { all in
                            var start = 0
                            let elements = custom.map { element in
                                defer { start += element.utf8.count }
                                return UnsafeRawBufferPointer(rebasing: all[start..<(start + element.utf8.count)])
                            }
                            return try body(
                                FingerprintInput(
                                    project: project,
                                    type: type,
                                    message: message ?? UnsafeRawBufferPointer(start: nil, count: 0),
                                    stackTrace: stack,
                                    custom: elements
                                )
                            )
                        }
                    }
                }
            }
        }
    }

    func result(_ grouping: Grouping = .standard) throws -> FingerprintResult {
        let fingerprinter = try Fingerprinter()
        return withInput { fingerprinter.fingerprint($0, grouping: grouping) }
    }

    func fingerprint(_ grouping: Grouping = .standard) throws -> Fingerprint {
        try result(grouping).fingerprint
    }

    func explanation(_ grouping: Grouping = .standard) throws -> FingerprintExplanation {
        let fingerprinter = try Fingerprinter()
        return withInput { fingerprinter.explain($0, grouping: grouping) }
    }

    /// The normalised message, as it is hashed.
    static func normalised(message: String) throws -> String {
        let part = try Report(message: message).explanation().parts.last
        return String(decoding: part?.bytes ?? [], as: UTF8.self)
    }

    /// The frames as they are hashed, each as `function file`.
    static func frames(stack: String) throws -> [String] {
        let explanation = try Report(message: "unused", stack: stack).explanation()
        guard explanation.basis == .stack else { return [] }
        var frames: [String] = []
        for part in explanation.parts {
            let text = String(decoding: part.bytes, as: UTF8.self)
            if part.name == .function { frames.append(text) }
            if part.name == .file { frames[frames.count - 1] += " " + text }
        }
        return frames
    }

    private struct Bytes {
        let bytes: [UInt8]?

        init(_ text: String?) {
            bytes = text.map { Array($0.utf8) }
        }

        func borrow<R>(_ body: (UnsafeRawBufferPointer?) throws -> R) rethrows -> R {
            guard let bytes else { return try body(nil) }
            return try bytes.withUnsafeBytes(body)
        }
    }
}

import Glibc

/// The tables of `Tests/ScrubCorpus`, which the end-to-end tests read, too.
enum ScrubCorpus {
    /// A text with secrets, and what is to be left of it.
    struct Secret: Sendable, CustomStringConvertible {
        var text: String
        var scrubbed: String
        var secrets: [String]

        var description: String { text }
    }

    static let secrets: [Secret] = lines("secrets.txt").map { line in
        var secret = Secret(text: "", scrubbed: "", secrets: [])
        var isSecret = false
        for character in line {
            switch character {
            case "«":
                isSecret = true
                secret.secrets.append("")
                secret.scrubbed += "[scrubbed]"
            case "»":
                isSecret = false
            default:
                secret.text.append(character)
                if isSecret {
                    secret.secrets[secret.secrets.count - 1].append(character)
                } else {
                    secret.scrubbed.append(character)
                }
            }
        }
        return secret
    }

    static let clean: [String] = lines("clean.txt")

    private static func lines(_ name: String) -> [String] {
        let folder = #filePath.split(separator: "/").dropLast(2).joined(separator: "/")
        return read("/\(folder)/ScrubCorpus/\(name)").split(separator: "\n").filter { !$0.hasPrefix("#") }.map { line in
            var text = ""
            var isEscaped = false
            for character in line where character != "¦" {
                switch (isEscaped, character) {
                case (false, "\\"): isEscaped = true
                case (true, "n"): (text, isEscaped) = (text + "\n", false)
                case (true, "t"): (text, isEscaped) = (text + "\t", false)
                case (true, "\\"): (text, isEscaped) = (text + "\\", false)
                case (true, _): (text, isEscaped) = (text + "\\" + String(character), false)
                case (false, _): text.append(character)
                }
            }
            return text
        }
    }

    private static func read(_ path: String) -> String {
        guard let file = fopen(path, "r") else { return "" }
        defer { fclose(file) }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = fread(&chunk, 1, chunk.count, file)
            guard count > 0 else { return String(decoding: bytes, as: UTF8.self) }
            bytes += chunk[..<count]
        }
    }
}

extension String {
    /// As a JSON string with quotes; every character of `escaped` as `\uXXXX`.
    func json(escaping isEscaped: (Unicode.Scalar) -> Bool = { _ in false }) -> String {
        var output = "\""
        for scalar in unicodeScalars {
            switch scalar {
            case "\"": output += "\\\""
            case "\\": output += "\\\\"
            case "\n": output += "\\n"
            case "\t": output += "\\t"
            case let scalar where isEscaped(scalar) && scalar.value < 0x1_0000:
                let hex = String(scalar.value, radix: 16)
                output += "\\u" + String(repeating: "0", count: 4 - hex.count) + hex
            default: output.unicodeScalars.append(scalar)
            }
        }
        return output + "\""
    }
}

import EmbeddedServers
import TestServers

/// A text of `Tests/ScrubCorpus/secrets.txt`, and what must never be found of it on any disk.
struct ScrubCorpusSample: Sendable {
    let text: String
    /// Pieces of its secrets that are written to disk as they are, long enough and with a digit, so that nothing else holds them.
    let needles: [String]

    static let all: [ScrubCorpusSample] = {
        let folder = #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
        let table = String(decoding: FileTree.read("/\(folder)/ScrubCorpus/secrets.txt") ?? [], as: UTF8.self)
        return table.split(separator: "\n").filter { !$0.hasPrefix("#") }.map { ScrubCorpusSample(line: $0) }
    }()

    private init(line: Substring) {
        var text = ""
        var needles: [String] = []
        var piece: String?
        func close() {
            if let found = piece, found.utf8.count >= 7, found.contains(where: \.isNumber),
                !found.allSatisfy(\.isNumber)
            {
                needles.append(found)
            }
        }
        var isEscaped = false
        for character in line where character != "¦" {
            switch character {
            case "«":
                piece = ""
            case "»":
                close()
                piece = nil
            case "\\" where !isEscaped:
                isEscaped = true
                continue
            default:
                let plain: Character? =
                    !isEscaped ? character : character == "n" ? "\n" : character == "t" ? "\t" : nil
                if plain == nil, character != "\\" { text.append("\\") }
                text.append(plain ?? character)
                // JSON writes these in another way.
                if isEscaped || character == "\"" {
                    close()
                    piece = piece.map { _ in "" }
                } else {
                    piece?.append(character)
                }
            }
            isEscaped = false
        }
        self.text = text
        self.needles = needles
    }

    /// The text as a JSON string.
    var json: String {
        var output = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": output += "\\\""
            case "\\": output += "\\\\"
            case "\n": output += "\\n"
            case "\t": output += "\\t"
            default: output.unicodeScalars.append(scalar)
            }
        }
        return output + "\""
    }
}

import TestServers

/// A scrape, parsed by the rules of the Prometheus text format 0.0.4; anything else is an error.
struct PrometheusText {
    struct Sample {
        var name: String
        var labels: [String: String]
        var value: Double
    }

    private(set) var types: [String: String] = [:]
    private(set) var samples: [Sample] = []

    init(_ text: String) throws {
        guard text.hasSuffix("\n") else { throw TestServerError("the last line has no end") }
        for line in text.split(separator: "\n") {
            if line.hasPrefix("# TYPE ") {
                let words = line.split(separator: " ")
                guard words.count == 4, ["counter", "gauge", "histogram", "summary"].contains(words[3]),
                    types.updateValue(String(words[3]), forKey: String(words[2])) == nil
                else { throw TestServerError("bad TYPE: \(line)") }
            } else if !line.hasPrefix("#") {
                samples.append(try Self.sample(line))
            }
        }
        for sample in samples {
            let family = ["_bucket", "_sum", "_count"].lazy.filter { sample.name.hasSuffix($0) }
                .map { String(sample.name.dropLast($0.count)) }.first { types[$0] == "histogram" }
            guard types[family ?? sample.name] != nil else { throw TestServerError("\(sample.name) has no TYPE") }
        }
    }

    /// The value of the one series with these labels, and maybe others.
    func value(_ name: String, _ labels: [String: String] = [:]) -> Double? {
        let found = samples.filter { sample in
            sample.name == name && labels.allSatisfy { sample.labels[$0.key] == $0.value }
        }
        return found.isEmpty ? nil : found.reduce(0) { $0 + $1.value }
    }

    private static func sample(_ line: Substring) throws -> Sample {
        guard let space = line.lastIndex(of: " "), let value = Double(line[line.index(after: space)...]) else {
            throw TestServerError("bad sample: \(line)")
        }
        let series = line[..<space]
        guard let brace = series.firstIndex(of: "{") else {
            return Sample(name: String(series), labels: [:], value: value)
        }
        guard series.hasSuffix("}") else { throw TestServerError("bad labels: \(line)") }
        var labels: [String: String] = [:]
        // No label value of this service holds a comma or a quote.
        for pair in series[series.index(after: brace)...].dropLast().split(separator: ",") {
            guard let equals = pair.firstIndex(of: "="), pair.hasSuffix("\"") else {
                throw TestServerError("bad label \(pair): \(line)")
            }
            labels[String(pair[..<equals])] = String(pair[equals...].dropFirst(2).dropLast())
        }
        return Sample(name: String(series[..<brace]), labels: labels, value: value)
    }
}

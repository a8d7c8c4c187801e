/// A configuration value that cannot be used. Names the key, the rule and the remedy; never shows a secret's value.
struct ConfigurationError: Error, CustomStringConvertible {
    let key: String
    let problem: String
    let remedy: String

    var description: String { "\(key): \(problem). \(remedy)" }
}

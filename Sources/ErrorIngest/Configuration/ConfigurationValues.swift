import Configuration

/// Typed access to configuration values, with errors that name the key, the rule and the remedy.
struct ConfigurationValues {
    let reader: ConfigReader

    /// The value, or the key's default. An empty value counts as set.
    func text(_ key: ConfigurationKey) throws -> String {
        guard let text = string(key) ?? key.defaultText else {
            throw ConfigurationError(key: key.name, problem: "is not set", remedy: "Set it to \(key.rule)")
        }
        if case .choice(let values) = key.kind, !values.contains(text) {
            throw ConfigurationError(key: key.name, problem: "is '\(text)'", remedy: "It must be \(key.rule)")
        }
        return text
    }

    func integer(_ key: ConfigurationKey) throws -> Int {
        let text = try text(key)
        guard case .integer(let range) = key.kind, let value = Int(text), range.contains(value) else {
            throw ConfigurationError(key: key.name, problem: "is '\(text)'", remedy: "It must be \(key.rule)")
        }
        return value
    }

    /// Nil when it is not set or empty.
    func secret(_ key: ConfigurationKey) throws -> String? {
        guard let text = string(key), !text.isEmpty else { return nil }
        return text
    }

    private func string(_ key: ConfigurationKey) -> String? {
        reader.string(forKey: ConfigKey(key.path), isSecret: key.isSecret)
    }
}

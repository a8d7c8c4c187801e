import Configuration
import SystemPackage

/// Typed access to configuration values, with errors that name the key, the rule and the remedy.
struct ConfigurationValues {
    let reader: ConfigReader

    /// The environment, then the `.env` file named by `CONFIG_FILE`.
    static func load() async throws -> ConfigurationValues {
        let environment = EnvironmentVariablesProvider()
        var providers: [any ConfigProvider] = [environment]
        if let file = filePath {
            do {
                providers.append(try await EnvironmentVariablesProvider(environmentFilePath: FilePath(file)))
            } catch {
                throw ConfigurationError(
                    key: "CONFIG_FILE", problem: "cannot read \(file): \(error)",
                    remedy: "Name a readable file of KEY=value lines, or unset CONFIG_FILE")
            }
        }
        return ConfigurationValues(reader: ConfigReader(providers: providers))
    }

    /// The value of `CONFIG_FILE`.
    static var filePath: String? {
        ConfigReader(provider: EnvironmentVariablesProvider()).string(forKey: "config.file")
    }

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

    /// Whether the value, or the default, keeps the key's own rule; a text has none.
    func check(_ key: ConfigurationKey) throws {
        switch key.kind {
        case .integer: _ = try integer(key)
        case .choice: _ = try text(key)
        case .text: break
        }
    }

    /// Whether somebody has given it a value.
    func isSet(_ key: ConfigurationKey) -> Bool {
        string(key) != nil
    }

    private func string(_ key: ConfigurationKey) -> String? {
        reader.string(forKey: ConfigKey(key.path), isSecret: key.isSecret)
    }
}

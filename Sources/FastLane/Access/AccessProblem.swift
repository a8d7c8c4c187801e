/// Why a configuration value about access cannot be used. Never holds a secret.
package struct AccessProblem: Error, Hashable {
    package let problem: String
    package let remedy: String
}

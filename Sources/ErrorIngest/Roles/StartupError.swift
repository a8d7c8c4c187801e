/// The process cannot start. Names what is missing and the remedy; never shows a password.
struct StartupError: Error, CustomStringConvertible {
    let problem: String
    let remedy: String

    var description: String { "\(problem). \(remedy)" }
}

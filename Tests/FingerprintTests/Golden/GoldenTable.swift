/// What is promised for one language: which pairs of stack traces are the same error, and which are not.
struct GoldenTable: Sendable, CustomStringConvertible {
    let language: String
    /// Traces to change at random (``GoldenPropertyTests``).
    let samples: [String]
    let same: [GoldenPair]
    let different: [GoldenPair]

    var description: String { language }

    static let all = [
        JavaScriptGolden.table, PythonGolden.table, JavaGolden.table, KotlinGolden.table, GoGolden.table,
        RubyGolden.table, PHPGolden.table, PerlGolden.table, DotNetGolden.table, RustGolden.table, SwiftGolden.table,
        CPlusPlusGolden.table, AppleGolden.table, AndroidGolden.table, PythonPlacesGolden.table, BundlerGolden.table,
        RustWindowsGolden.table,
    ]
}

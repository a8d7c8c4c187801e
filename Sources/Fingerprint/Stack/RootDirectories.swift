/// Directories that an application is put into. What is above them, and they themselves, say where it is installed
/// and not what it is.
enum RootDirectories {
    enum Role {
        case none
        case root
        /// The directory below is named after a user or a release and belongs to the prefix as well.
        case rootWithOwner
    }

    /// Roots wherever they stand in a path.
    private static let anywhere: [StaticString] = ["src", "app", "dist", "build", "current"]
    private static let anywhereWithOwner: [StaticString] = ["releases", "www"]
    /// Roots only as the first directory of an absolute path: further down they are ordinary names.
    private static let top: [StaticString] = [
        "srv", "opt", "tmp", "root", "mnt", "data", "code", "deploy", "work", "workspace", "workspaces", "application",
    ]
    private static let topWithOwner: [StaticString] = ["home", "Users", "var", "usr"]

    static func role(of directory: ByteView, isTop: Bool) -> Role {
        for name in anywhere where directory.equals(name) { return .root }
        for name in anywhereWithOwner where directory.equals(name) { return .rootWithOwner }
        guard isTop else { return .none }
        for name in top where directory.equals(name) { return .root }
        for name in topWithOwner where directory.equals(name) { return .rootWithOwner }
        return .none
    }
}

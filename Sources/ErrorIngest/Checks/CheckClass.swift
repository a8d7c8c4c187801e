/// What a finding is about, the gravest first, and with which status the program ends when it is a failure. Numbers from 64 on have
/// their meaning from sysexits(3) where it has one.
enum CheckClass: Int32, Sendable, CaseIterable {
    /// A value breaks its rule, or two of them do not go together.
    case configuration = 78
    /// A store, or a program of the embedded ones, is not there, or refuses the credentials.
    case unavailable = 69
    /// A server is too old.
    case version = 76
    /// A command or privilege the service needs is refused.
    case permission = 77
    /// A store may lose what it has acknowledged.
    case durability = 70
    /// The schema is missing, incomplete, changed, or newer than this program.
    case schema = 71
    /// A clock is wrong.
    case clock = 72
    /// Disk or memory is running out.
    case space = 73
    /// Connections or open files do not suffice.
    case limits = 75
    /// Others may reach more than they should.
    case exposure = 74

    var name: String { "\(self)" }
}

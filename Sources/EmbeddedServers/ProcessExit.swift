/// How a process ended.
public enum ProcessExit: Sendable, Hashable, CustomStringConvertible {
    /// It ended by itself, with this status (0…255).
    case exited(Int32)
    /// A signal ended it.
    case signalled(Int32)
    /// It ended, but something else in this process collected its status.
    case unknown

    /// Decodes what `waitpid` stores; see wait(2).
    init(waitStatus status: Int32) {
        let signal = status & 0x7f
        self = signal == 0 ? .exited((status >> 8) & 0xff) : .signalled(signal)
    }

    public var description: String {
        switch self {
        case .exited(let status): "exit status \(status)"
        case .signalled(let signal): "signal \(signal)"
        case .unknown: "an unknown status"
        }
    }
}

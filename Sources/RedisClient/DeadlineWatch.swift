package import NIOCore

/// Decides when the one timer of a connection must fire. It is armed for some head's deadline and left alone while
/// replies come in; when it fires it looks at whoever is head by then. So a busy connection schedules about one timer
/// per time limit, not one per command.
package struct DeadlineWatch {
    package enum Decision: Equatable {
        case sleep
        case wake(NIODeadline)
        case timedOut
    }

    /// A late head is looked at a second time after this, so that replies that already lie in the socket are read first
    /// when it was this process that stood still.
    package static let grace = TimeAmount.milliseconds(10)

    private var armedFor: NIODeadline?
    private var headNumber: UInt64 = 0
    private var lateHead: UInt64?

    package init() {}

    package mutating func headDidChange() {
        headNumber &+= 1
    }

    /// When to schedule the timer (in place of the one there is), or nil when it fires early enough.
    package mutating func wakeTime(headDeadline: NIODeadline) -> NIODeadline? {
        if let armedFor, armedFor <= headDeadline { return nil }
        armedFor = headDeadline
        return headDeadline
    }

    package mutating func timerFired(headDeadline: NIODeadline?, now: NIODeadline) -> Decision {
        armedFor = nil
        guard let headDeadline else { return .sleep }
        if now < headDeadline {
            armedFor = headDeadline
            return .wake(headDeadline)
        }
        if lateHead == headNumber { return .timedOut }
        lateHead = headNumber
        let wake = now + Self.grace
        armedFor = wake
        return .wake(wake)
    }
}

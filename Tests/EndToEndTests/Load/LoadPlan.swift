import NIOCore

/// What a load client does.
struct LoadPlan: Sendable {
    /// Connections take the ports in turn.
    var ports: [Int]
    var kinds: [LoadKind]
    var connections = 64
    /// How many requests to make; `.max` goes on until `stop`.
    var requests = Int.max
    /// Whether every request carries an event id of its own. One whose outcome is unknown is then sent again until it is
    /// known.
    var isIdentified = false
    /// Pause of a connection after a refusal or a lost connection.
    var pause = TimeAmount.milliseconds(50)
    /// How long to wait for one answer.
    var answerLimit = TimeAmount.seconds(10)
    /// How long the whole run may take.
    var timeLimit = TimeAmount.seconds(90)

    init(ports: [Int], kinds: [LoadKind]) {
        self.ports = ports
        self.kinds = kinds
    }
}

/// One piece of the hot path's work on fixed input, done again and again with what an event loop keeps from one request to the next.
struct Gate: Sendable {
    /// Does the work once. What it gives is made of the result, so that no part of it can be left out.
    typealias Work = () throws -> Int

    let name: String
    let summary: String
    /// So many give a steady figure; under valgrind three times as many take a second or less.
    let iterations: Int
    /// Makes the input, checks once that the work does what it is meant to, and hands it out.
    let prepare: @Sendable () throws -> Work

    init(_ name: String, _ summary: String, iterations: Int, prepare: @escaping @Sendable () throws -> Work) {
        self.name = name
        self.summary = summary
        self.iterations = iterations
        self.prepare = prepare
    }

    static let all: [Gate] =
        scanning + normalising + fingerprinting + scrubbing + records + paths + redisProtocol + admitting + requests
}

/// The work of a gate did not do what it is meant to, so its figures would say nothing.
struct GateProblem: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) {
        self.description = description
    }
}

func expect(_ isMet: Bool, _ what: @autoclosure () -> String) throws {
    guard isMet else { throw GateProblem(what()) }
}

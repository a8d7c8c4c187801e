import QueueCore

extension SeededRandom {
    mutating func text(_ characters: String, count: ClosedRange<Int>) -> String {
        let choices = Array(characters)
        return String(
            (0..<Int.random(in: count, using: &self)).map { _ in choices[Int.random(in: choices.indices, using: &self)]
            })
    }

    mutating func pick<T>(_ choices: [T]) -> T {
        choices[Int.random(in: choices.indices, using: &self)]
    }
}

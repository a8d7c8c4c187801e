import ArgumentParser
import CAllocationCount

struct RunCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run",
        abstract: "Prepare one gate and do its work."
    )

    @Argument(help: "The gate: one of error-ingest-gates list.")
    var name: String

    @Option(help: "How often.")
    var iterations = 1

    @Option(help: "How often before that, to be left out of what is counted.")
    var warmUp = 0

    @Flag(help: "Print how many allocations and frees the iterations made, a space between them.")
    var allocations = false

    func validate() throws {
        guard Gate.all.contains(where: { $0.name == name }) else { throw ValidationError("there is no gate \(name)") }
        guard iterations >= 0, warmUp >= 0 else { throw ValidationError("a number of times must not be negative") }
        guard !allocations || ei_allocations_are_counted() else {
            throw ValidationError("allocations are counted with the GNU C library only")
        }
    }

    func run() throws {
        guard let gate = Gate.all.first(where: { $0.name == name }) else { return }
        let repetition = Repetition(try gate.prepare())
        for _ in 0..<warmUp { repetition.doOnce() }
        let context = Unmanaged.passUnretained(repetition).toOpaque()
        ei_allocations_reset()
        ei_repeat(UInt64(iterations), context) { context in
            Unmanaged<Repetition>.fromOpaque(context).takeUnretainedValue().doOnce()
        }
        let made = ei_allocations()
        if let problem = repetition.problem { throw problem }
        if allocations { print(made.allocations, made.frees) }
    }

    /// The work as C calls it.
    private final class Repetition {
        private let work: Gate.Work
        private(set) var problem: (any Error)?

        init(_ work: @escaping Gate.Work) {
            self.work = work
        }

        func doOnce() {
            do {
                ei_consume(UInt64(truncatingIfNeeded: try work()))
            } catch {
                problem = error
            }
        }
    }
}

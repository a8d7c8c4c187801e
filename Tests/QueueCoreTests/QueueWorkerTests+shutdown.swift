import QueueConformance
import QueueCore
import Testing

extension QueueWorkerTests {
    @Test("shutdown finishes the batch in hand when that takes less than the limit")
    func shutdownFinishes() {
        let simulation = Simulation()
        let run = simulation.startWorker()
        simulation.store.fromNowOn(.takes(.seconds(4)))
        simulation.append("in hand")
        simulation.advance(by: .milliseconds(60))
        simulation.append("waiting")
        run.worker.beginShutdown()
        simulation.advance(by: .milliseconds(4_100))
        #expect(run.hasEnded.isSet)
        #expect(simulation.store.storedCount == 1)
        #expect(simulation.depth == 1)
        #expect(simulation.queue.consumers.isEmpty)
    }

    @Test("shutdown gives back at the limit what hangs; another worker has it at once, without a death")
    func shutdownGivesUp() {
        let simulation = Simulation()
        let run = simulation.startWorker("first")
        simulation.store.script([.takes(.seconds(1_000))])
        simulation.append("hanging")
        simulation.advance(by: .milliseconds(60))
        run.task.cancel()
        simulation.advance(by: .milliseconds(4_900))
        #expect(!run.hasEnded.isSet)
        simulation.advance(by: .milliseconds(200))
        #expect(run.hasEnded.isSet)
        simulation.startWorker("second")
        simulation.advance(by: .milliseconds(100))
        #expect(simulation.depth == 0)
        #expect(simulation.store.storedCount == 1)
        #expect(simulation.queue.consumers == ["second"])
    }

    @Test("shutdown during a backoff of the store gives back at once")
    func shutdownInBackoff() {
        let simulation = Simulation()
        let run = simulation.startWorker()
        simulation.store.fromNowOn(.fails(WorkFailure(.configuration, code: 1_146, message: "no such table")))
        simulation.append("held", records: 3)
        simulation.advance(by: .seconds(2))
        #expect(run.worker.condition == .misconfigured)
        run.worker.beginShutdown()
        simulation.settle()
        #expect(run.hasEnded.isSet)
        #expect(run.line.withState { $0.releasedCount } == 1)
        #expect(simulation.queue.consumers.isEmpty)
    }
}

import EmbeddedServers
import Testing

@Suite struct RestartBackoffTests {
    @Test func doublesUpToItsLimitAndStartsAnewAfterAStableRun() {
        var backoff = RestartBackoff()
        let delays = (0..<9).map { _ in backoff.delay(afterRunning: .zero) }
        #expect(delays.prefix(3) == [.milliseconds(100), .milliseconds(200), .milliseconds(400)])
        #expect(delays.last == .seconds(10))
        #expect(backoff.delay(afterRunning: .seconds(31)) == .milliseconds(100))
    }
}

import NIOCore
import RedisClient
import Testing

@Suite struct ReconnectBackoffTests {
    @Test func doublesUpToTheLongest() {
        var random = SystemRandomNumberGenerator()
        var backoff = ReconnectBackoff(shortest: .milliseconds(50), longest: .seconds(1))
        for ceiling: Int64 in [50, 100, 200, 400, 800, 1000, 1000, 1000] {
            let pause = backoff.next(using: &random)
            #expect(pause >= .milliseconds(ceiling / 2))
            #expect(pause <= .milliseconds(ceiling))
        }
        backoff.reset()
        #expect(backoff.next(using: &random) <= .milliseconds(50))
    }

    @Test func survivesManyFailures() {
        var random = SystemRandomNumberGenerator()
        var backoff = ReconnectBackoff(shortest: .nanoseconds(1), longest: .seconds(3600))
        for _ in 0..<1000 { #expect(backoff.next(using: &random) <= .hours(1)) }
    }
}

@Suite struct DeadlineWatchTests {
    let start = NIODeadline.uptimeNanoseconds(1_000_000_000)

    @Test func onlyTheHeadIsWatchedAndTheTimerIsLeftAlone() {
        var watch = DeadlineWatch()
        #expect(watch.wakeTime(headDeadline: start + .seconds(1)) == start + .seconds(1))
        for _ in 0..<1000 {
            watch.headDidChange()
            #expect(watch.wakeTime(headDeadline: start + .seconds(2)) == nil)
        }
        #expect(
            watch.timerFired(headDeadline: start + .seconds(2), now: start + .seconds(1)) == .wake(start + .seconds(2))
        )
        #expect(watch.timerFired(headDeadline: nil, now: start + .seconds(2)) == .sleep)
        #expect(watch.wakeTime(headDeadline: start + .seconds(5)) == start + .seconds(5))
    }

    @Test func anEarlierHeadWakesEarlier() {
        var watch = DeadlineWatch()
        _ = watch.wakeTime(headDeadline: start + .seconds(10))
        #expect(watch.wakeTime(headDeadline: start + .seconds(1)) == start + .seconds(1))
    }

    @Test func aLateHeadGetsOneSecondLook() {
        var watch = DeadlineWatch()
        _ = watch.wakeTime(headDeadline: start)
        let second = start + .seconds(3) + DeadlineWatch.grace
        #expect(watch.timerFired(headDeadline: start, now: start + .seconds(3)) == .wake(second))
        #expect(watch.timerFired(headDeadline: start, now: second) == .timedOut)
    }

    @Test func replyBetweenTheLooksSavesTheConnection() {
        var watch = DeadlineWatch()
        _ = watch.wakeTime(headDeadline: start)
        let second = start + .seconds(3) + DeadlineWatch.grace
        #expect(watch.timerFired(headDeadline: start, now: start + .seconds(3)) == .wake(second))
        watch.headDidChange()
        #expect(watch.timerFired(headDeadline: start, now: second) == .wake(second + DeadlineWatch.grace))
    }
}

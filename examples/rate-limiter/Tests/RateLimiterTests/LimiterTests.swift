import Dispatch
import RateLimiter
import Synchronization
import Testing

/// A clock that a test sets.
final class TestClock: Sendable {
    private let time = Mutex(0)

    var nanoseconds: Int { time.withLock { $0 } }

    func advance(milliseconds: Int) { advance(nanoseconds: milliseconds * 1_000_000) }

    func advance(nanoseconds: Int) { time.withLock { $0 += nanoseconds } }
}

@Suite("The limiter")
struct LimiterTests {
    private let clock = TestClock()

    private func limiter(capacity: Int = 1000) -> Limiter {
        Limiter(capacity: capacity) { [clock] in clock.nanoseconds }
    }

    @Test(
        "rates are read",
        arguments: [
            ("60/m", 60, 60), ("10/s", 10, 1), ("1000/h", 1000, 3600), ("5/day", 5, 86_400), ("1/min", 1, 60),
        ]
    )
    func rates(_ text: String, _ count: Int, _ seconds: Int) throws {
        let rate = try #require(Rate(text))
        #expect((rate.count, rate.period, rate.burst) == (count, seconds * 1_000_000_000, count))
    }

    @Test(
        "what is no rate is not read",
        arguments: ["", "60", "60/", "/m", "0/s", "-1/s", "1.5/s", "60/y", "60/m/s", "9999999999/s"]
    )
    func noRates(_ text: String) {
        #expect(Rate(text) == nil)
    }

    @Test("a bucket empties, and gets a token back in its time, no nanosecond earlier")
    func refill() throws {
        let limiter = limiter()
        let limits = [Limit(.user, "ada", try #require(Rate("6/m", burst: 2)))]
        #expect(limiter.take(limits) == Allowance(.user, limit: 2, remaining: 1, secondsToReset: 10))
        clock.advance(milliseconds: 1500)
        #expect(limiter.take(limits) == Allowance(.user, limit: 2, remaining: 0, secondsToReset: 19))
        let denied = Allowance(.user, limit: 2, remaining: 0, secondsToReset: 19, secondsToRetry: 9)
        #expect(limiter.take(limits) == denied)
        clock.advance(nanoseconds: 8_499_999_999)
        #expect(limiter.take(limits) == Allowance(.user, limit: 2, remaining: 0, secondsToReset: 11, secondsToRetry: 1))
        clock.advance(nanoseconds: 1)
        #expect(limiter.take(limits) == Allowance(.user, limit: 2, remaining: 0, secondsToReset: 20))
    }

    @Test("a token that takes no whole number of nanoseconds is not there before its time", arguments: [3, 7, 999_983])
    func exactRates(_ count: Int) throws {
        let limiter = limiter()
        let limits = [Limit(.user, "ada", try #require(Rate("\(count)/s", burst: 1)))]
        #expect(limiter.take(limits)?.secondsToRetry == 0)
        clock.advance(nanoseconds: 1_000_000_000 / count)
        #expect(limiter.take(limits)?.secondsToRetry == 1)
        clock.advance(nanoseconds: 1)
        #expect(limiter.take(limits)?.secondsToRetry == 0)
    }

    @Test("the average is the rate, whatever the calls")
    func average() throws {
        let limiter = limiter()
        let limits = [Limit(.user, "ada", try #require(Rate("7/s", burst: 3)))]
        var allowed = 0
        for _ in 0..<100_000 {
            if limiter.take(limits)?.secondsToRetry == 0 { allowed += 1 }
            clock.advance(milliseconds: 1)
        }
        // 3 at once, and 7 in each of the 99.999 seconds until the last call.
        #expect(allowed == 3 + 699)
    }

    @Test("a call that one limit denies is counted by none; the answer is about the nearest limit")
    func severalLimits() throws {
        let limiter = limiter()
        let user = Limit(.user, "ada", try #require(Rate("3/h")))
        let tool = Limit(.tool, "search", try #require(Rate("1/m")))
        #expect(limiter.take([user, tool]) == Allowance(.tool, limit: 1, remaining: 0, secondsToReset: 60))
        let denied = Allowance(.tool, limit: 1, remaining: 0, secondsToReset: 60, secondsToRetry: 60)
        #expect(limiter.take([user, tool]) == denied)
        #expect(limiter.take([user]) == Allowance(.user, limit: 3, remaining: 1, secondsToReset: 2400))
        #expect(limiter.take([]) == nil)
    }

    @Test("keys are on their own, and so are the scopes")
    func keys() throws {
        let limiter = limiter()
        let rate = try #require(Rate("1/h"))
        for limit in [
            Limit(.user, "a", rate), Limit(.user, "b", rate), Limit(.tenant, "a", rate), Limit(.tool, "a", rate),
        ] {
            #expect(limiter.take([limit])?.secondsToRetry == 0)
            #expect(limiter.take([limit])?.secondsToRetry == 3600)
        }
        let long = String(repeating: "x", count: 100_000)
        #expect(limiter.take([Limit(.user, long + "1", rate)])?.secondsToRetry == 0)
        #expect(limiter.take([Limit(.user, long + "2", rate)])?.secondsToRetry == 0)
        #expect(limiter.take([Limit(.user, long + "2", rate)])?.secondsToRetry == 3600)
    }
}

extension LimiterTests {
    @Test("buckets that are full again take no room")
    func sweep() throws {
        let limiter = limiter()
        let rate = try #require(Rate("1/s"))
        for index in 0..<100_000 {
            _ = limiter.take([Limit(.user, "\(index)", rate)])
            clock.advance(milliseconds: 100)
        }
        #expect(limiter.bucketCount <= 64)
    }

    @Test("there are never more buckets than allowed, and a limit that is used up outlives new names")
    func capacity() throws {
        let limiter = limiter(capacity: 100)
        let rate = try #require(Rate("10/h"))
        let ada = [Limit(.user, "ada", rate)]
        for _ in 0..<10 { #expect(limiter.take(ada)?.secondsToRetry == 0) }
        for index in 0..<10_000 {
            #expect(limiter.take([Limit(.user, "\(index)", rate)])?.secondsToRetry == 0)
            #expect(limiter.bucketCount <= 100)
        }
        #expect(limiter.take(ada)?.secondsToRetry == 360)
    }

    @Test("64 callers at the same time get just what there is")
    func concurrency() throws {
        let limiter = limiter()
        let limits = [
            Limit(.user, "ada", try #require(Rate("1000/h"))), Limit(.tool, "t", try #require(Rate("5000/h"))),
        ]
        let allowed = Mutex(0)
        DispatchQueue.concurrentPerform(iterations: 64) { _ in
            let own = (0..<100).count { _ in limiter.take(limits)?.secondsToRetry == 0 }
            allowed.withLock { $0 += own }
        }
        #expect(allowed.withLock { $0 } == 1000)
        #expect(limiter.take([limits[1]])?.remaining == 3999)
    }
}

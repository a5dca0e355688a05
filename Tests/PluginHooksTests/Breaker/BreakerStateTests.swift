import PluginHooks
import Testing

@Suite("A breaker's state")
struct BreakerStateTests {
    /// What happens to a breaker, and what it is after that.
    ///
    /// `f` a failure, `c` a crash, `s` a success, `?` a call that asks, `F`, `C` and `S` the end of a trial, `A` one that
    /// told nothing, a number: so many seconds pass.
    static let rows: [(steps: String, state: String)] = [
        ("", "closed"), ("f f", "closed 2"), ("f f s", "closed 0"), ("f f s f f", "closed 2"),
        ("f f f", "open 30"), ("f f 100 f", "open 30"), ("f f f ?", "open 30 refuses 30"),
        ("f f f 29 ?", "open 1 refuses 1"), ("f f f 30 ?", "half open trial"), ("f f f 30", "open 0"),
        ("f f f 30 ? ?", "half open refuses"), ("f f f 30 ? S", "closed 0"), ("f f f 30 ? S ?", "closed 0 call"),
        ("f f f 30 ? S f f", "closed 2"), ("f f f 30 ? A ?", "half open trial"),
        ("f f f 30 ? A ? ?", "half open refuses"),
        // Calls that began before it opened.
        ("f f f s f c", "open 30"), ("f f f 30 ? s f c", "half open"), ("f f f 30 ? f ?", "half open refuses"),
        ("f f f A", "open 30"), ("A", "closed"),
        // Twice as long each time, up to ten times.
        ("f f f 30 ? F", "open 60"), ("f f f 30 ? C", "open 60"), ("f f f 30 ? F 60 ? F", "open 120"),
        ("f f f 30 ? F 60 ? F 120 ? F 240 ? F", "open 300"),
        ("f f f 30 ? F 60 ? F 120 ? F 240 ? F 300 ? F 300 ? F", "open 300"),
        ("f f f 30 ? F 60 ? S f f f", "open 30"), ("f f f 30 ? F 60 ? A ? F", "open 120"),
        // Crashes: two within ten seconds, whatever succeeds between them.
        ("c", "closed 1"), ("c s c", "open 30"), ("c s 9 c", "open 30"), ("c s 10 c", "closed 1"),
        ("c s 6 f s 6 c", "closed 1"), ("c s 6 c 30 ? S c", "closed 1"), ("f c f", "open 30"),
    ]

    @Test("follows from what has happened", arguments: rows)
    func table(steps: String, state: String) {
        var breaker = BreakerState(BreakerSettings(failures: 3, crashes: 2, crashWindow: 10))
        var (now, answer): (UInt64, String) = (1_000, "")
        for step in steps.split(separator: " ") {
            answer = ""
            let time = now * 1_000_000_000
            switch step {
            case "s", "S": _ = breaker.succeed(isTrial: step == "S")
            case "f", "F", "c", "C":
                _ = breaker.fail(isTrial: "FC".contains(step), isCrash: "cC".contains(step), at: time)
            case "A": breaker.abandonTrial()
            case "?": answer = Self.text(breaker.admit(at: time))
            default: now += UInt64(step) ?? 0
            }
        }
        var text = Self.text(breaker, at: now)
        if breaker.phase == .closed, !steps.isEmpty, steps != "A" { text += " \(breaker.failures)" }
        #expect(text + answer == state)
    }

    private static func text(_ breaker: BreakerState, at now: UInt64) -> String {
        switch breaker.phase {
        case .closed: "closed"
        case .open(let end): "open \(end / 1_000_000_000 - now)"
        case .halfOpen: "half open"
        }
    }

    private static func text(_ admission: BreakerState.Admission) -> String {
        switch admission {
        case .call: " call"
        case .trial: " trial"
        case .refuse(let time): " refuses" + (time.map { " \($0 / 1_000_000_000)" } ?? "")
        }
    }

    @Test("says why it opens, once")
    func causes() {
        var breaker = BreakerState(BreakerSettings(failures: 2, crashes: 2))
        #expect(breaker.fail(isTrial: false, isCrash: false, at: 0) == nil)
        #expect(breaker.fail(isTrial: false, isCrash: false, at: 0) == .failures(2))
        #expect(breaker.fail(isTrial: false, isCrash: false, at: 0) == nil)
        #expect(breaker.admit(at: 30_000_000_000) == .trial)
        #expect(breaker.fail(isTrial: true, isCrash: true, at: 30_000_000_000) == .trial)
        #expect(breaker.opens == 2)
        var crashing = BreakerState(BreakerSettings(failures: 20, crashes: 2))
        #expect(crashing.fail(isTrial: false, isCrash: true, at: 0) == nil)
        #expect(crashing.fail(isTrial: false, isCrash: true, at: 0) == .crashes(2, within: .seconds(60)))
        #expect(
            ["\(BreakerCause.failures(1))", "\(BreakerCause.crashes(5, within: .seconds(60)))"]
                == ["1 failure in a row", "5 crashes within 60 s"]
        )
    }

    @Test("keeps what has happened when its settings change")
    func settings() {
        var breaker = BreakerState(BreakerSettings(failures: 3))
        _ = breaker.fail(isTrial: false, isCrash: false, at: 0)
        var stricter = breaker.with(BreakerSettings(failures: 2, openFor: 5))
        #expect(stricter.fail(isTrial: false, isCrash: false, at: 0) == .failures(2))
        #expect(stricter.phase == .open(until: 5_000_000_000))
        #expect(stricter.with(BreakerSettings(failures: 9)).phase == .open(until: 5_000_000_000))
    }

    @Test("stays open for ever if its time is beyond the clock")
    func overflow() {
        var breaker = BreakerState(BreakerSettings(failures: 1))
        _ = breaker.fail(isTrial: false, isCrash: false, at: .max - 1)
        #expect(breaker.phase == .open(until: .max))
    }
}

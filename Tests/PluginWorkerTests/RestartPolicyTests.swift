import PluginWorker
import Testing

@Suite("The pause before a worker is replaced")
struct RestartPolicyTests {
    private static let settings = {
        var settings = RestartPolicy.Settings()
        settings.first = 100
        settings.longest = 1_000
        settings.stableAfter = 60_000
        return settings
    }()

    @Test("doubles with each death, up to the longest one")
    func doubles() {
        var policy = RestartPolicy(Self.settings)
        let pauses = (0..<6).map { _ in policy.pause(afterLifeOf: 0, jitter: 0.5) }
        #expect(pauses == [100, 200, 400, 800, 1_000, 1_000])
    }

    @Test("begins anew when a worker has lived long enough")
    func beginsAnew() {
        var policy = RestartPolicy(Self.settings)
        let lifetimes: [UInt64] = [0, 59_999, 60_000, 0, .max, 0]
        #expect(lifetimes.map { policy.pause(afterLifeOf: $0, jitter: 0.5) } == [100, 200, 100, 200, 100, 200])
    }

    @Test("differs by 20 % up or down", arguments: [(0, 80), (0.25, 90), (0.5, 100), (1, 120)] as [(Double, UInt64)])
    func differs(jitter: Double, pause: UInt64) {
        var policy = RestartPolicy(Self.settings)
        #expect(policy.pause(afterLifeOf: 0, jitter: jitter) == pause)
    }

    @Test("never overflows, however many died")
    func neverOverflows() {
        var settings = Self.settings
        settings.first = 86_400_000_000_000
        settings.longest = 86_400_000_000_000
        var policy = RestartPolicy(settings)
        let pauses = (0..<1_000).map { _ in policy.pause(afterLifeOf: 0, jitter: 0.5) }
        #expect(Set(pauses) == [86_400_000_000_000])
    }
}

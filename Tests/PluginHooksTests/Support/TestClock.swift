import PluginHooks
import Synchronization

/// A clock that a test moves on.
final class TestClock: Sendable {
    private let seconds = Atomic<UInt64>(1_000)

    func advance(by count: UInt64) { seconds.add(count, ordering: .relaxed) }

    /// A breaker that goes by this clock.
    func breaker(_ settings: BreakerSettings = BreakerSettings(failures: 3)) -> Breaker {
        Breaker(settings) { self.seconds.load(ordering: .relaxed) * 1_000_000_000 }
    }

    /// The account of a plugin whose breaker goes by this clock.
    func account(
        _ name: String = "fake",
        isSerial: Bool = false,
        _ settings: BreakerSettings = BreakerSettings(failures: 3)
    ) -> PluginAccount {
        PluginAccount(name: name, isSerial: isSerial, breaker: breaker(settings))
    }
}

extension BreakerSettings {
    init(failures: Int = 20, crashes: Int = 5, crashWindow: Int = 60, openFor: Int = 30) {
        self.init()
        self.failures = failures
        self.crashes = crashes
        self.crashWindow = .seconds(crashWindow)
        self.openFor = .seconds(openFor)
    }
}

/// How long to wait before a worker is started in the place of one that has died.
///
/// The first pause is `first`; each further death doubles it, up to `longest`, until a worker has lived for
/// `stableAfter`.
package struct RestartPolicy: Sendable, Equatable {
    /// The pauses, in nanoseconds.
    package struct Settings: Sendable, Hashable {
        package var first: UInt64 = 100_000_000
        package var longest: UInt64 = 30_000_000_000
        package var stableAfter: UInt64 = 60_000_000_000

        package init() {}
    }

    private let settings: Settings
    private var deaths = 0

    package init(_ settings: Settings) {
        self.settings = settings
    }

    /// Notes a death.
    ///
    /// - Parameters:
    ///   - lifetime: How long the worker had lived, in nanoseconds.
    ///   - jitter: A random number from 0 to 1: pauses differ by 20 % up or down, so that workers which died together do
    ///     not start together.
    /// - Returns: The pause, in nanoseconds.
    package mutating func pause(afterLifeOf lifetime: UInt64, jitter: Double) -> UInt64 {
        deaths = lifetime >= settings.stableAfter ? 1 : deaths + 1
        let doublings = min(deaths - 1, 40)
        let (grown, isTooLong) = settings.first.multipliedReportingOverflow(by: 1 << UInt64(doublings))
        let pause = isTooLong ? settings.longest : min(grown, settings.longest)
        return UInt64(Double(pause) * (0.8 + 0.4 * jitter))
    }
}

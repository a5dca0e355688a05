import Glibc

/// The monotonic clock, in nanoseconds.
package enum Clock {
    /// The exact time; about 25 ns.
    package static func now() -> UInt64 { read(CLOCK_MONOTONIC) }

    /// The time of the last kernel tick, up to 4 ms ago; about 5 ns.
    package static func coarseNow() -> UInt64 { read(CLOCK_MONOTONIC_COARSE) }

    /// A time that is not before the given one has passed, and up to a tick later.
    static func deadline(after nanoseconds: UInt64) -> UInt64 {
        let (sum, isTooLarge) = (coarseNow() + tick).addingReportingOverflow(nanoseconds)
        return isTooLarge ? .max : sum
    }

    /// How old the coarse time may be.
    private static let tick: UInt64 = {
        var resolution = timespec()
        unsafe clock_getres(CLOCK_MONOTONIC_COARSE, &resolution)
        return nanoseconds(resolution)
    }()

    private static func read(_ clock: clockid_t) -> UInt64 {
        var time = timespec()
        unsafe clock_gettime(clock, &time)
        return nanoseconds(time)
    }

    private static func nanoseconds(_ time: timespec) -> UInt64 {
        UInt64(time.tv_sec) &* 1_000_000_000 &+ UInt64(time.tv_nsec)
    }
}

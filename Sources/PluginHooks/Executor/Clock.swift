import Glibc

/// The monotonic clock, in nanoseconds.
package enum Clock {
    /// The exact time; about 25 ns.
    package static func now() -> UInt64 { read(CLOCK_MONOTONIC) }

    /// The time of the last kernel tick, up to 4 ms ago; about 5 ns.
    package static func coarseNow() -> UInt64 { read(CLOCK_MONOTONIC_COARSE) }

    private static func read(_ clock: clockid_t) -> UInt64 {
        var time = timespec()
        unsafe clock_gettime(clock, &time)
        return UInt64(time.tv_sec) &* 1_000_000_000 &+ UInt64(time.tv_nsec)
    }
}

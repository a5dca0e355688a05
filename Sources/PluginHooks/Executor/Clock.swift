import Glibc

/// The monotonic clock, in nanoseconds.
package enum Clock {
    /// The exact time; about 25 ns.
    package static func now() -> UInt64 { read(CLOCK_MONOTONIC) }

    /// The time of the last kernel tick, mostly up to 4 ms ago; about 5 ns.
    package static func coarseNow() -> UInt64 { read(CLOCK_MONOTONIC_COARSE) }

    /// The end of a span that begins now: exact if it is short, and to the last tick if it is a second or longer.
    static func deadline(after nanoseconds: UInt64) -> UInt64 {
        let start = nanoseconds < 1_000_000_000 ? now() : coarseNow()
        let (end, isTooLate) = start.addingReportingOverflow(nanoseconds)
        return isTooLate ? .max : end
    }

    private static func read(_ clock: clockid_t) -> UInt64 {
        var time = timespec()
        unsafe clock_gettime(clock, &time)
        return UInt64(time.tv_sec) &* 1_000_000_000 &+ UInt64(time.tv_nsec)
    }
}

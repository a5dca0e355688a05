import Glibc

/// A time as RFC 3339 writes it, in UTC and with milliseconds.
package struct Timestamp: CustomStringConvertible {
    private let time: timespec

    /// Makes a timestamp of the time since 1970.
    package init(seconds: Int, nanoseconds: Int) {
        time = timespec(tv_sec: seconds, tv_nsec: nanoseconds)
    }

    /// The time now.
    static var now: Timestamp {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Timestamp(seconds: time.tv_sec, nanoseconds: time.tv_nsec)
    }

    /// The text: `2026-11-21T05:23:46.123Z`.
    package var description: String {
        var seconds = time.tv_sec
        var parts = tm()
        gmtime_r(&seconds, &parts)
        return "\(Self.padded(Int(parts.tm_year) + 1900, 4))-\(Self.padded(Int(parts.tm_mon) + 1, 2))"
            + "-\(Self.padded(Int(parts.tm_mday), 2))T\(Self.padded(Int(parts.tm_hour), 2))"
            + ":\(Self.padded(Int(parts.tm_min), 2)):\(Self.padded(Int(parts.tm_sec), 2))"
            + ".\(Self.padded(time.tv_nsec / 1_000_000, 3))Z"
    }

    private static func padded(_ number: Int, _ width: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
    }
}

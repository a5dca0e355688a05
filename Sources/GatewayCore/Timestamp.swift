import Glibc

/// A moment, in milliseconds.
package struct Timestamp: Sendable, Equatable {
    private let seconds: Int
    private let milliseconds: Int

    /// Now, as the kernel's clock stood at its last tick: cheap, and at most some milliseconds old.
    package static var now: Timestamp {
        var time = timespec()
        unsafe clock_gettime(CLOCK_REALTIME_COARSE, &time)
        return Timestamp(seconds: time.tv_sec, milliseconds: time.tv_nsec / 1_000_000)
    }

    /// In UTC: `2026-01-31T12:34:56.789Z` (RFC 3339).
    package var text: String {
        var seconds = seconds
        // The fields that are read are numbers; what makes `tm` unsafe is the name of its time zone.
        var parts = unsafe tm()
        unsafe gmtime_r(&seconds, &parts)
        let date = unsafe "\(parts.tm_year + 1900)-\(padded(parts.tm_mon + 1))-\(padded(parts.tm_mday))"
        let clock = unsafe "\(padded(parts.tm_hour)):\(padded(parts.tm_min)):\(padded(parts.tm_sec))"
        return "\(date)T\(clock).\(padded(Int32(milliseconds), to: 3))Z"
    }

    private func padded(_ number: Int32, to width: Int = 2) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
}

import Glibc

/// A moment that operators read: seconds since 1970, written as `2026-11-21T08:15:00Z`.
package struct WallTime: Sendable, Hashable, Comparable, CustomStringConvertible {
    package let seconds: Int64

    /// The last one that can be written.
    static let latest = WallTime(seconds: 253_402_300_799)

    /// - Parameter seconds: Seconds since 1970; those of no year from 1970 to 9999 become the nearest.
    package init(seconds: Int64) {
        self.seconds = min(max(seconds, 0), 253_402_300_799)
    }

    package static var now: WallTime {
        var time = timespec()
        unsafe clock_gettime(CLOCK_REALTIME, &time)
        return WallTime(seconds: Int64(time.tv_sec))
    }

    /// Reads what `description` writes, and nothing else.
    package init?(_ text: String) {
        let bytes = Array(text.utf8)
        guard bytes.count == 20 else { return nil }
        func number(_ start: Int, _ count: Int) -> Int32? {
            let digits = bytes[start..<start + count]
            guard digits.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
            return digits.reduce(0) { $0 * 10 + Int32($1 - 0x30) }
        }
        guard let year = number(0, 4), let month = number(5, 2), let day = number(8, 2), let hour = number(11, 2),
            let minute = number(14, 2), let second = number(17, 2), year >= 1970
        else { return nil }
        var parts = unsafe tm()
        unsafe (parts.tm_year, parts.tm_mon, parts.tm_mday) = (year - 1900, month - 1, day)
        unsafe (parts.tm_hour, parts.tm_min, parts.tm_sec) = (hour, minute, second)
        self.init(seconds: Int64(unsafe timegm(&parts)))
        guard description == text else { return nil }
    }

    package var description: String {
        var time = time_t(seconds)
        var parts = unsafe tm()
        guard unsafe gmtime_r(&time, &parts) != nil else { return "1970-01-01T00:00:00Z" }
        func digits(_ number: Int32, _ count: Int) -> String {
            let text = "\(number)"
            return String(repeating: "0", count: max(0, count - text.utf8.count)) + text
        }
        let date =
            unsafe "\(digits(parts.tm_year + 1900, 4))-\(digits(parts.tm_mon + 1, 2))-\(digits(parts.tm_mday, 2))"
        return unsafe date + "T\(digits(parts.tm_hour, 2)):\(digits(parts.tm_min, 2)):\(digits(parts.tm_sec, 2))Z"
    }

    package static func < (left: WallTime, right: WallTime) -> Bool { left.seconds < right.seconds }

    /// Whether another moment lies within some seconds before this one.
    ///
    /// One that lies ahead does not: the clock has been set back, and nobody knows when that was. Two clocks that differ
    /// a little, or one that was corrected, do no harm.
    func isWithin(_ window: Int64, after other: WallTime) -> Bool {
        (-Self.tolerance...window).contains(seconds - other.seconds)
    }

    private static let tolerance: Int64 = 5
}

import Glibc

/// Points in time as seconds since 1970, without leap seconds.
package enum UTCTime {
    /// The current second.
    static var now: Int { time(nil) }

    /// Reads `2027-01-31`, the start of that day, or `2027-01-31T12:00:00Z`, also with an offset such as `+02:00`.
    package static func seconds(_ text: String) -> Int? {
        var reader = DigitReader(text)
        guard let year = reader.number(4, after: ""), let month = reader.number(2, after: "-"),
            let day = reader.number(2, after: "-"), 1...12 ~= month, 1...days(in: month, of: year) ~= day
        else { return nil }
        let midnight = daysSince1970(year, month, day) * 86_400
        if reader.isAtEnd { return midnight }
        guard let hour = reader.number(2, after: "T"), let minute = reader.number(2, after: ":"),
            let second = reader.number(2, after: ":"), hour < 24, minute < 60, second < 60,
            let offset = reader.offset(), reader.isAtEnd
        else { return nil }
        return midnight + hour * 3600 + minute * 60 + second - offset
    }

    private static func days(in month: Int, of year: Int) -> Int {
        let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
        switch month {
        case 2: return isLeap ? 29 : 28
        case 4, 6, 9, 11: return 30
        default: return 31
        }
    }

    /// Days by the Gregorian calendar, counted in years that begin in March, whose leap day comes last.
    private static func daysSince1970(_ year: Int, _ month: Int, _ day: Int) -> Int {
        let shifted = month > 2 ? year : year - 1
        let monthFromMarch = (month + 9) % 12
        let leapDays = shifted / 4 - shifted / 100 + shifted / 400
        return shifted * 365 + leapDays + (monthFromMarch * 153 + 2) / 5 + day - 1 - 719_468
    }
}

/// Reads numbers of a fixed number of digits.
private struct DigitReader {
    private var rest: Substring.UTF8View

    init(_ text: String) { rest = Substring(text).utf8 }

    var isAtEnd: Bool { rest.isEmpty }

    mutating func number(_ digits: Int, after prefix: String) -> Int? {
        guard skip(prefix), rest.count >= digits else { return nil }
        var value = 0
        for byte in rest.prefix(digits) {
            guard UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte else { return nil }
            value = value * 10 + Int(byte - UInt8(ascii: "0"))
        }
        rest.removeFirst(digits)
        return value
    }

    /// Seconds east of Greenwich.
    mutating func offset() -> Int? {
        if skip("Z") { return 0 }
        let isWest = rest.first == UInt8(ascii: "-")
        guard let hours = number(2, after: isWest ? "-" : "+"), let minutes = number(2, after: ":"), hours < 24,
            minutes < 60
        else { return nil }
        return (hours * 3600 + minutes * 60) * (isWest ? -1 : 1)
    }

    private mutating func skip(_ text: String) -> Bool {
        guard rest.starts(with: text.utf8) else { return false }
        rest.removeFirst(text.utf8.count)
        return true
    }
}

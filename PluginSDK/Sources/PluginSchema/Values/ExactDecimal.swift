/// A decimal number of any size: `±digits × 10^exponent`.
///
/// The digits begin and end with other digits than 0, so that equal numbers have one form; 0 has no digits. Exponents
/// beyond ±10^12 count as that: nothing else in the number can be of such a size.
struct ExactDecimal: Hashable {
    let isNegative: Bool
    let digits: [UInt8]
    let exponent: Int

    private static let exponentLimit = 1_000_000_000_000

    /// Reads a number by JSON's grammar, which the text is known to follow.
    init(_ text: String) {
        var digits: [UInt8] = []
        var isNegative = false
        var fractionDigits: Int?
        var exponent: Int?
        var exponentIsNegative = false
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "-") where exponent != nil: exponentIsNegative = true
            case UInt8(ascii: "-"): isNegative = true
            case UInt8(ascii: "."): fractionDigits = 0
            case UInt8(ascii: "e"), UInt8(ascii: "E"): exponent = 0
            case UInt8(ascii: "0")...UInt8(ascii: "9"):
                let digit = byte - UInt8(ascii: "0")
                if let value = exponent {
                    exponent = min(value * 10 + Int(digit), Self.exponentLimit)
                } else {
                    digits.append(digit)
                    fractionDigits = fractionDigits.map { $0 + 1 }
                }
            default: break
            }
        }
        let scale = (exponent ?? 0) * (exponentIsNegative ? -1 : 1) - (fractionDigits ?? 0)
        let end = digits.lastIndex { $0 != 0 }.map { $0 + 1 } ?? 0
        self.exponent = end == 0 ? 0 : scale + digits.count - end
        self.digits = Array(digits[..<end].drop { $0 == 0 })
        self.isNegative = isNegative && end > 0
    }

    /// Makes a number of an integer.
    init(_ value: Int64) { self.init(String(value)) }

    /// Makes a number of the shortest text that reads as this floating point number.
    init(_ value: Double) { self.init(value.description) }

    /// Whether the number has no fraction.
    var isInteger: Bool { exponent >= 0 }

    /// Whether the number is an integer, and which, if that is a count that fits.
    var count: Int? {
        guard isInteger, !isNegative, digits.count + exponent <= 18 else { return nil }
        let significant = digits.reduce(0) { $0 * 10 + Int($1) }
        return (0..<exponent).reduce(significant) { value, _ in value * 10 }
    }
}

extension ExactDecimal: Comparable {
    static func < (left: ExactDecimal, right: ExactDecimal) -> Bool {
        switch (left.isNegative, right.isNegative) {
        case (true, false): true
        case (false, true): false
        case (false, false): left.isCloserToZero(than: right)
        case (true, true): right.isCloserToZero(than: left)
        }
    }

    /// Whether the number without its sign is smaller than another one without its.
    private func isCloserToZero(than other: ExactDecimal) -> Bool {
        guard !digits.isEmpty, !other.digits.isEmpty else { return digits.isEmpty && !other.digits.isEmpty }
        let places = digits.count + exponent
        let otherPlaces = other.digits.count + other.exponent
        return places == otherPlaces ? digits.lexicographicallyPrecedes(other.digits) : places < otherPlaces
    }
}

/// What a number may have to be a multiple of.
struct ExactDivisor {
    private let digits: UInt64
    private let exponent: Int

    /// Digits that a divisor may have.
    static let digitLimit = 18

    /// Makes a divisor of a positive number that does not have too many digits.
    init?(_ number: ExactDecimal) {
        guard !number.isNegative, !number.digits.isEmpty, number.digits.count <= Self.digitLimit else { return nil }
        digits = number.digits.reduce(0) { $0 * 10 + UInt64($1) }
        exponent = number.exponent
    }

    /// Whether a number is a multiple of the divisor.
    func divides(_ number: ExactDecimal) -> Bool {
        guard !number.digits.isEmpty else { return true }
        // The digits of the number do not end with 0, and so no power of ten divides them.
        guard number.exponent >= exponent else { return false }
        let remainder = number.digits.reduce(0) { ($0 * 10 + UInt64($1)) % digits }
        return product(remainder, remainderOfTen(to: number.exponent - exponent)) == 0
    }

    /// What is left of 10^power, by repeated squaring.
    private func remainderOfTen(to power: Int) -> UInt64 {
        var result = 1 % digits
        var square = 10 % digits
        var rest = power
        while rest > 0 {
            if rest & 1 == 1 { result = product(result, square) }
            square = product(square, square)
            rest >>= 1
        }
        return result
    }

    private func product(_ left: UInt64, _ right: UInt64) -> UInt64 {
        digits.dividingFullWidth(left.multipliedFullWidth(by: right)).remainder
    }
}

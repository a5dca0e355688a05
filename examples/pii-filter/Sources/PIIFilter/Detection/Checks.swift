/// What a pattern cannot say about an identifier.
enum Checks {
    /// A word that holds a digit; a label is often followed by another word: "license agreement".
    static func hasDigit(_ text: Span<UInt8>, _ range: Range<Int>) -> Range<Int>? {
        range.contains { text[$0].isDigit } ? range : nil
    }

    /// No digest in hexadecimal, though it has the length of a key.
    static func isNoDigest(_ text: Span<UInt8>, _ range: Range<Int>) -> Range<Int>? {
        range.allSatisfy { text[$0].isHexDigit } ? nil : range
    }

    /// The longest part, from the beginning, that is the number of a payment card.
    static func isCard(_ text: Span<UInt8>, _ range: Range<Int>) -> Range<Int>? {
        var digits: [UInt8] = []
        var found: Range<Int>?
        for index in range where text[index].isDigit {
            digits.append(text[index] - UInt8(ascii: "0"))
            let end = index + 1
            let isWhole = end == text.count || !(text[end].isLetterOrDigit || text[end] == UInt8(ascii: "_"))
            if isWhole, CardIssuer.knows(digits), hasLuhnSum(digits) { found = range.lowerBound..<end }
        }
        return found
    }

    /// Whether the digits pass the check of ISO/IEC 7812-1, annex B.
    static func hasLuhnSum(_ digits: [UInt8]) -> Bool {
        var sum = 0
        for (place, digit) in digits.reversed().enumerated() {
            let value = place.isMultiple(of: 2) ? Int(digit) : 2 * Int(digit)
            sum += value > 9 ? value - 9 : value
        }
        return sum.isMultiple(of: 10)
    }

    /// An account number in the short form, or one of any country whose check digits of ISO 13616 are right.
    static func isIBAN(_ text: Span<UInt8>, _ range: Range<Int>) -> Range<Int>? {
        hasShortForm(text, range) || hasCheckDigits(text, range) ? range : nil
    }

    /// Two letters, two digits, four of either, and 7 or 10 digits.
    private static func hasShortForm(_ text: Span<UInt8>, _ range: Range<Int>) -> Bool {
        guard range.count == 15 || range.count == 18 else { return false }
        return range.dropFirst(8).allSatisfy { text[$0].isDigit }
    }

    /// The number modulo 97 is 1, with the first four characters behind the others and 10 to 35 for the letters.
    private static func hasCheckDigits(_ text: Span<UInt8>, _ range: Range<Int>) -> Bool {
        let start = range.lowerBound + 4
        var remainder = 0
        for index in Array(start..<range.upperBound) + Array(range.lowerBound..<start) {
            let byte = text[index]
            if byte.isDigit {
                remainder = (remainder * 10 + Int(byte - UInt8(ascii: "0"))) % 97
            } else {
                remainder = (remainder * 100 + Int((byte | 0x20) - UInt8(ascii: "a")) + 10) % 97
            }
        }
        return remainder == 1
    }
}

extension UInt8 {
    fileprivate var isHexDigit: Bool { isDigit || (self | 0x20) &- UInt8(ascii: "a") < 6 }
}

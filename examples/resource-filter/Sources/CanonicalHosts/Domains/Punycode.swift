/// The encoding of RFC 3492, which writes the letters of all scripts in those of ASCII.
package enum Punycode {
    private static let base: UInt32 = 36
    private static let lowest: UInt32 = 1
    private static let highest: UInt32 = 26
    private static let initialBias: UInt32 = 72
    private static let initialPoint: UInt32 = 0x80

    /// The encoded text, without `xn--`; of a label, which is too short for a sum to overflow.
    package static func encode(_ label: [Unicode.Scalar]) -> String {
        var output = label.filter(\.isASCII).map { Character($0) }
        let basicCount = UInt32(output.count)
        if basicCount > 0 { output.append("-") }
        var (point, delta, bias, handled) = (initialPoint, UInt32(0), initialBias, basicCount)
        while let next = label.lazy.map(\.value).filter({ $0 >= point }).min() {
            delta += (next - point) * (handled + 1)
            point = next
            for scalar in label where scalar.value <= point {
                guard scalar.value == point else {
                    delta += 1
                    continue
                }
                output += digits(of: delta, bias: bias)
                bias = adapt(delta, isFirst: handled == basicCount, count: handled + 1)
                handled += 1
                delta = 0
            }
            delta += 1
            point += 1
        }
        return String(output)
    }

    /// The text that was encoded, or `nil` if none could be.
    package static func decode(_ text: String) -> [Unicode.Scalar]? {
        var rest = Array(text.utf8)[...]
        var output: [Unicode.Scalar] = []
        if let hyphen = rest.lastIndex(of: UInt8(ascii: "-")) {
            output = rest[..<hyphen].map { Unicode.Scalar($0) }
            rest = rest[(hyphen + 1)...]
        }
        var (point, position, bias) = (initialPoint, UInt32(0), initialBias)
        while !rest.isEmpty {
            guard let delta = number(from: &rest, bias: bias) else { return nil }
            let count = UInt32(output.count) + 1
            bias = adapt(delta, isFirst: position == 0, count: count)
            // In 64 bits, where two numbers of 32 always have a sum.
            let place = UInt64(position) + UInt64(delta)
            let next = UInt64(point) + place / UInt64(count)
            guard let value = UInt32(exactly: next), let scalar = Unicode.Scalar(value) else { return nil }
            point = value
            position = UInt32(place % UInt64(count))
            output.insert(scalar, at: Int(position))
            position += 1
        }
        return output
    }

    private static func threshold(_ position: UInt32, _ bias: UInt32) -> UInt32 {
        position <= bias ? lowest : min(position - bias, highest)
    }

    private static func adapt(_ delta: UInt32, isFirst: Bool, count: UInt32) -> UInt32 {
        var delta = isFirst ? delta / 700 : delta / 2
        delta += delta / count
        var position: UInt32 = 0
        while delta > (base - lowest) * highest / 2 {
            delta /= base - lowest
            position += base
        }
        return position + (base - lowest + 1) * delta / (delta + 38)
    }

    private static func digits(of number: UInt32, bias: UInt32) -> [Character] {
        var (number, position, digits) = (number, base, [Character]())
        while true {
            let limit = threshold(position, bias)
            guard number >= limit else { break }
            digits.append(digit(limit + (number - limit) % (base - limit)))
            number = (number - limit) / (base - limit)
            position += base
        }
        return digits + [digit(number)]
    }

    private static func digit(_ value: UInt32) -> Character {
        Character(UnicodeScalar(UInt8(value < 26 ? 97 + value : 22 + value)))
    }

    /// Takes one number of variable length from the text.
    private static func number(from text: inout ArraySlice<UInt8>, bias: UInt32) -> UInt32? {
        var (number, weight, position): (UInt32, UInt32, UInt32) = (0, 1, base)
        while let byte = text.popFirst() {
            guard let digit = Character(UnicodeScalar(byte)).digitOfPunycode else { return nil }
            let (part, overflows) = digit.multipliedReportingOverflow(by: weight)
            let (sum, overflowsToo) = number.addingReportingOverflow(part)
            guard !overflows, !overflowsToo else { return nil }
            number = sum
            let limit = threshold(position, bias)
            guard digit >= limit else { return number }
            let (next, overflowsNext) = weight.multipliedReportingOverflow(by: base - limit)
            guard !overflowsNext else { return nil }
            weight = next
            position += base
        }
        return nil
    }
}

extension Character {
    /// `a` to `z` are 0 to 25, `0` to `9` are 26 to 35.
    fileprivate var digitOfPunycode: UInt32? {
        switch self {
        case "a"..."z": asciiValue.map { UInt32($0) - 97 }
        case "0"..."9": asciiValue.map { UInt32($0) - 22 }
        default: nil
        }
    }
}

import PluginPayloads

/// A number, whose text is kept.
enum TemplateNumber: Sendable {
    case integer(Int64)
    /// Any other number: `1.10`, `12345678901234567890`.
    case other(text: String, rounded: Double)

    /// The number of a value, if it is one.
    init?(_ value: BlockValue) {
        if let text = value.numberText {
            self = .other(text: text, rounded: value.double ?? (text.hasPrefix("-") ? -.infinity : .infinity))
        } else if let rounded = value.double {
            let text = value.json
            self = Int64(text).map { .integer($0) } ?? .other(text: text, rounded: rounded)
        } else {
            return nil
        }
    }

    var text: String {
        switch self {
        case .integer(let value): String(value)
        case .other(let text, _): text
        }
    }

    var jsonValue: JSONValue {
        switch self {
        case .integer(let value): .int(value)
        case .other(let text, _): .number(text)
        }
    }

    var isZero: Bool { rounded == 0 }

    private var rounded: Double {
        switch self {
        case .integer(let value): Double(value)
        case .other(_, let rounded): rounded
        }
    }
}

extension TemplateNumber: Comparable {
    /// Integers of any size compare exactly, other numbers as floating point.
    static func < (left: TemplateNumber, right: TemplateNumber) -> Bool {
        switch (left, right) {
        case (.integer(let left), .integer(let right)): left < right
        default:
            if let left = left.wholeText, let right = right.wholeText {
                left.isLess(than: right)
            } else {
                left.rounded < right.rounded
            }
        }
    }

    static func == (left: TemplateNumber, right: TemplateNumber) -> Bool { !(left < right) && !(right < left) }

    /// Sign and digits, if the text has nothing else.
    private var wholeText: WholeText? {
        let text = self.text
        let isNegative = text.hasPrefix("-")
        let digits = isNegative ? text.utf8.dropFirst() : text.utf8[...]
        guard digits.allSatisfy(\.isDigit) else { return nil }
        return WholeText(isNegative: isNegative && digits.first != UInt8(ascii: "0"), digits: digits)
    }
}

/// An integer by its digits, without zeros before them.
private struct WholeText {
    let isNegative: Bool
    let digits: Substring.UTF8View

    func isLess(than other: WholeText) -> Bool {
        guard isNegative == other.isNegative else { return isNegative }
        return isNegative ? Self.isSmaller(other.digits, digits) : Self.isSmaller(digits, other.digits)
    }

    private static func isSmaller(_ left: Substring.UTF8View, _ right: Substring.UTF8View) -> Bool {
        left.count == right.count ? left.lexicographicallyPrecedes(right) : left.count < right.count
    }
}

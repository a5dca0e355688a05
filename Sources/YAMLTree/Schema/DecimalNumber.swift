/// A decimal number of the core schema, `[-+]? ( \. [0-9]+ | [0-9]+ ( \. [0-9]* )? ) ( [eE] [-+]? [0-9]+ )?`.
///
/// It keeps the digits as they are written and only mends what JSON does not allow: a plus sign, leading zeros, a bare point.
struct DecimalNumber {
    private let isNegative: Bool
    private let integer: Substring
    private let fraction: Substring?
    private let exponent: Substring

    init?(_ text: String) {
        var rest = text[...]
        isNegative = rest.first == "-"
        if isNegative || rest.first == "+" { rest.removeFirst() }
        integer = Self.takeDigits(&rest)
        if rest.first == "." {
            rest.removeFirst()
            fraction = Self.takeDigits(&rest)
        } else {
            fraction = nil
        }
        guard !integer.isEmpty || fraction?.isEmpty == false, Self.isExponent(rest) else { return nil }
        exponent = rest
    }

    var value: YAMLScalar.Value {
        let text = jsonText
        guard fraction == nil, exponent.isEmpty, let integer = Int64(text) else { return .number(text) }
        return .integer(integer)
    }

    private var jsonText: String {
        let significant = integer.drop { $0 == "0" }
        let digits = significant.isEmpty ? "0" : significant
        let decimals = fraction.map { "." + ($0.isEmpty ? "0" : $0) } ?? ""
        return (isNegative ? "-" : "") + digits + decimals + exponent
    }

    private static func takeDigits(_ rest: inout Substring) -> Substring {
        let digits = rest.prefix { $0.isASCII && $0.isWholeNumber }
        rest = rest[digits.endIndex...]
        return digits
    }

    private static func isExponent(_ text: Substring) -> Bool {
        guard let first = text.first else { return true }
        guard first == "e" || first == "E" else { return false }
        var digits = text.dropFirst()
        if digits.first == "-" || digits.first == "+" { digits.removeFirst() }
        return !digits.isEmpty && digits.utf8.allSatisfy(CoreSchema.isDigit)
    }
}

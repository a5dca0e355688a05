/// What a plain scalar means, by the core schema of YAML 1.2 (section 10.3.2): `yes` and `on` are strings there.
enum CoreSchema {
    static func resolve(_ text: String) -> YAMLScalar.Value {
        switch text {
        case "", "~", "null", "Null", "NULL": .null
        case "true", "True", "TRUE": .boolean(true)
        case "false", "False", "FALSE": .boolean(false)
        case ".nan", ".NaN", ".NAN": .unrepresentable
        default: number(text) ?? .string(text)
        }
    }

    static func isDecimalInteger(_ text: String) -> Bool {
        let digits = text.hasPrefix("-") || text.hasPrefix("+") ? text.utf8.dropFirst() : text.utf8[...]
        return !digits.isEmpty && digits.allSatisfy(isDigit)
    }

    private static func number(_ text: String) -> YAMLScalar.Value? {
        guard let first = text.utf8.first, isDigit(first) || "+-.".utf8.contains(first) else { return nil }
        return prefixed(text, prefix: "0x", radix: 16) ?? prefixed(text, prefix: "0o", radix: 8)
            ?? infinity(text) ?? DecimalNumber(text)?.value
    }

    private static func prefixed(_ text: String, prefix: String, radix: Int) -> YAMLScalar.Value? {
        guard text.hasPrefix(prefix) else { return nil }
        let digits = text.dropFirst(prefix.count)
        // `Int64(_:radix:)` would also take a sign here.
        guard !digits.isEmpty, digits.allSatisfy({ isDigit($0, radix: radix) }) else { return nil }
        if let value = Int64(digits, radix: radix) { return .integer(value) }
        return UInt64(digits, radix: radix).map { .number(String($0)) } ?? .unrepresentable
    }

    private static func isDigit(_ character: Character, radix: Int) -> Bool {
        character.isASCII && character.hexDigitValue.map { $0 < radix } ?? false
    }

    private static func infinity(_ text: String) -> YAMLScalar.Value? {
        let unsigned = text.hasPrefix("-") || text.hasPrefix("+") ? text.dropFirst() : text[...]
        return [".inf", ".Inf", ".INF"].contains(unsigned) ? .unrepresentable : nil
    }

    static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
}

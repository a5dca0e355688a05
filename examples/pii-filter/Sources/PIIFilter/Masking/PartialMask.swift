/// Masks that let a part be seen.
enum PartialMask {
    /// The mask of a text; `nil` if nothing of it may be seen.
    static func mask(_ text: String, of type: PIIType) -> String? {
        switch type {
        case .ssn: lastDigits(of: text).map { "***-**-\($0)" }
        case .bsn: lastDigits(of: text).map { "*****\($0)" }
        case .creditCard: lastDigits(of: text).map { "****-****-****-\($0)" }
        case .phone: lastDigits(of: text).map { "***-***-\($0)" }
        case .email: address(text)
        case .bankAccount: account(text)
        default: ends(of: text)
        }
    }

    private static func lastDigits(of text: String) -> String? {
        let digits = text.utf8.filter { $0.isDigit }
        return digits.count < 4 ? nil : String(decoding: digits.suffix(4), as: UTF8.self)
    }

    /// The first and the last character before the `@`, if there are more.
    private static func address(_ text: String) -> String? {
        guard let at = text.lastIndex(of: "@") else { return nil }
        let local = text[..<at]
        guard let first = local.first, let last = local.last, local.count > 2 else { return "***\(text[at...])" }
        return "\(first)***\(last)\(text[at...])"
    }

    /// An international number begins with its country and ends with four digits; of any other nothing is shown.
    private static func account(_ text: String) -> String? {
        guard text.count > 6, text.contains(where: \.isLetter) else { return nil }
        return text.prefix(2) + String(repeating: "*", count: text.count - 6) + text.suffix(4)
    }

    private static func ends(of text: String) -> String {
        guard let first = text.first, let last = text.last, text.count > 1 else { return "*" }
        let stars = String(repeating: "*", count: max(1, text.count - 2))
        return text.count == 2 ? "\(first)\(stars)" : "\(first)\(stars)\(last)"
    }
}

import YAMLTree

extension Field {
    /// An integer within a range.
    func integer(in range: ClosedRange<Int> = .min ... .max) -> Int? {
        guard case .integer(let wide) = scalar?.setting else {
            error(expected: "an integer", hint: quotesHint)
            return nil
        }
        guard let value = Int(exactly: wide), range.contains(value) else {
            let found = scalar?.isSecret == true ? scalar?.shortText ?? "" : "\(wide)"
            error("must be from \(range.lowerBound) to \(range.upperBound), found \(found)")
            return nil
        }
        return value
    }

    /// A time limit or interval in seconds, with a fraction if need be.
    func seconds() -> Duration? {
        let seconds: Double
        switch scalar?.setting {
        case .integer(let value): seconds = Double(value)
        case .number(let text): seconds = Double(text) ?? .infinity
        default:
            error(expected: "a number of seconds", hint: quotesHint ?? "write the number alone, such as 30 or 0.5")
            return nil
        }
        return TimeLimits.check(seconds, self)
    }

    private var quotesHint: String? {
        scalar?.looksLikeNumber == true ? "remove the quotes" : nil
    }
}

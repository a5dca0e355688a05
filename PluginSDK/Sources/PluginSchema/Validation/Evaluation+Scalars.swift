import PluginPayloads
import PluginText

extension Evaluation {
    /// Characters that count as one step of work.
    private var charactersPerStep: Int { 64 }

    /// Applies a rule that looks at the value as a whole.
    mutating func checkScalar(_ value: Instance, _ rule: SchemaRule) {
        switch rule {
        case .among(let allowed):
            spend(value.partCount)
            if !allowed.values.contains(EqualValue(value.decoded)) { report("must be \(allowed.text)") }
        case .bound(let bound):
            if let number = value.decimal, !bound.allows(number) { report(bound.message) }
        case .multiple(let divisor, let text):
            if let number = value.decimal, !divisor.divides(number) { report("must be a multiple of \(text)") }
        case .count(let bound):
            if let count = count(of: value, bound.subject), !bound.allows(count) { report(bound.message) }
        case .pattern(let pattern, let source):
            guard let text = value.text else { return }
            if matches(text, pattern) == false { report("must match the pattern \(source)") }
        default: break
        }
    }

    private mutating func count(of value: Instance, _ subject: CountBound.Subject) -> Int? {
        switch (subject, value.instanceType) {
        case (.characters, .string):
            guard let text = value.text else { return nil }
            spend(text.utf8.count / charactersPerStep)
            return text.unicodeScalars.count
        case (.items, .array), (.properties, .object): return value.partCount
        default: return nil
        }
    }

    /// Whether a pattern is found in a text; `nil` if that takes too long to find out.
    mutating func matches(_ text: String, _ pattern: Pattern) -> Bool? {
        spend(text.utf8.count / charactersPerStep)
        do {
            return try pattern.isMatch(in: text)
        } catch {
            giveUp("cannot be checked: \(error)")
            return nil
        }
    }
}

import PluginPayloads

/// A value that equals another one as JSON Schema compares: `1` and `1.0` are one number, and keys have no order.
struct EqualValue: Hashable {
    let value: JSONValue

    init(_ value: JSONValue) {
        self.value = value
    }

    static func == (left: EqualValue, right: EqualValue) -> Bool {
        switch (left.value, right.value) {
        case (.array(let left), .array(let right)):
            return left.count == right.count && zip(left, right).allSatisfy { EqualValue($0) == EqualValue($1) }
        case (.object(let left), .object(let right)):
            return left.count == right.count
                && left.allSatisfy { key, value in
                    right[key].map { EqualValue(value) == EqualValue($0) } ?? false
                }
        default:
            if let number = left.value.decimal { return number == right.value.decimal }
            return left.value.comparable == right.value.comparable
        }
    }

    func hash(into hasher: inout Hasher) {
        switch value {
        case .array(let elements):
            hasher.combine(elements.count)
            for element in elements { hasher.combine(EqualValue(element)) }
        case .object(let entries):
            // The sum does not depend on the order.
            hasher.combine(
                entries.reduce(entries.count) { sum, entry in
                    var part = Hasher()
                    part.combine(entry.key)
                    part.combine(EqualValue(entry.value))
                    return sum &+ part.finalize()
                }
            )
        default:
            if let number = value.decimal { hasher.combine(number) } else { hasher.combine(value.comparable) }
        }
    }
}

extension JSONValue {
    /// Bytes as the text that JSON shows; anything else as it is.
    fileprivate var comparable: JSONValue { textOfBytes.map(JSONValue.string) ?? self }
}

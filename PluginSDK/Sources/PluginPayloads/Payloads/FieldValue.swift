/// A Swift type that a payload's field can have.
protocol FieldValue {
    /// Makes the value; `nil` if the field holds another type.
    init?(_ value: JSONValue)

    var jsonValue: JSONValue { get }
}

extension String: FieldValue {
    init?(_ value: JSONValue) {
        guard let text = value.string else { return nil }
        self = text
    }

    var jsonValue: JSONValue { .string(self) }
}

extension Int: FieldValue {
    init?(_ value: JSONValue) {
        guard let number = value.int else { return nil }
        self = number
    }

    var jsonValue: JSONValue { .int(Int64(self)) }
}

extension Bool: FieldValue {
    init?(_ value: JSONValue) {
        guard let truth = value.bool else { return nil }
        self = truth
    }

    var jsonValue: JSONValue { .bool(self) }
}

extension JSONObject: FieldValue {
    init?(_ value: JSONValue) {
        guard let object = value.object else { return nil }
        self = object
    }

    var jsonValue: JSONValue { .object(self) }
}

extension JSONValue: FieldValue {
    init(_ value: JSONValue) { self = value }

    var jsonValue: JSONValue { self }
}

extension Array: FieldValue where Element: FieldValue {
    init?(_ value: JSONValue) {
        guard let elements = value.array else { return nil }
        self = []
        reserveCapacity(elements.count)
        for element in elements {
            guard let value = Element(element) else { return nil }
            append(value)
        }
    }

    var jsonValue: JSONValue { .array(map(\.jsonValue)) }
}

extension JSONValue {
    /// `null` for `nil`.
    init<Value: FieldValue>(_ value: Value?) {
        self = value?.jsonValue ?? .null
    }
}

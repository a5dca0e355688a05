/// Any value of a payload: JSON, with the text of numbers kept, and bytes.
///
/// Two values are equal if they have the same type, the same bytes or bits, and equal parts in the same order:
/// `.int(1)` and `.number("1.0")` are not.
public enum JSONValue: Sendable, Hashable {
    /// JSON's `null`.
    case null
    /// A truth value.
    case bool(Bool)
    /// A number whose text is the decimal form of an `Int64`.
    case int(Int64)
    /// A finite floating point number made by a program.
    case double(Double)
    /// Any other number, by its JSON text: `1.10`, `12345678901234567890`.
    case number(String)
    /// A text.
    case string(String)
    /// Bytes; JSON text shows them in base64.
    case bytes([UInt8])
    /// An array.
    case array([JSONValue])
    /// An object, whose order of keys is kept.
    case object(JSONObject)
}

extension JSONValue {
    /// Two values are equal if they have the same type, the same bytes or bits, and equal parts in the same order.
    public static func == (left: JSONValue, right: JSONValue) -> Bool {
        switch (left, right) {
        case (.null, .null): true
        case (.bool(let left), .bool(let right)): left == right
        case (.int(let left), .int(let right)): left == right
        case (.double(let left), .double(let right)): left.bitPattern == right.bitPattern
        case (.number(let left), .number(let right)): left.hasSameBytes(as: right)
        case (.string(let left), .string(let right)): left.hasSameBytes(as: right)
        case (.bytes(let left), .bytes(let right)): left == right
        case (.array(let left), .array(let right)): left == right
        case (.object(let left), .object(let right)): left == right
        default: false
        }
    }

    /// Whether the value is `null`.
    public var isNull: Bool {
        if case .null = self { true } else { false }
    }

    /// The truth value, if it is one.
    public var bool: Bool? {
        if case .bool(let value) = self { value } else { nil }
    }

    /// The number as an integer, if it is one without a fraction and fits.
    public var int: Int? {
        switch self {
        case .int(let value): Int(exactly: value)
        case .double(let value): Int(exactly: value)
        case .number(let text): JSONNumber.int64(of: text).flatMap(Int.init(exactly:))
        default: nil
        }
    }

    /// The number as floating point, rounded to the nearest.
    public var double: Double? {
        switch self {
        case .int(let value): Double(value)
        case .double(let value): value
        case .number(let text): JSONNumber.double(of: text)
        default: nil
        }
    }

    /// The text, if it is one.
    public var string: String? {
        if case .string(let value) = self { value } else { nil }
    }

    /// The bytes, if it is some.
    public var bytes: [UInt8]? {
        if case .bytes(let value) = self { value } else { nil }
    }

    /// The elements, if it is an array.
    public var array: [JSONValue]? {
        if case .array(let value) = self { value } else { nil }
    }

    /// The entries, if it is an object.
    public var object: JSONObject? {
        if case .object(let value) = self { value } else { nil }
    }

    /// The value of a key, if this is an object that has it.
    ///
    /// Assigning makes other values an object.
    public subscript(key: String) -> JSONValue? {
        get { object?[key] }
        set {
            var changed = object ?? [:]
            changed[key] = newValue
            self = .object(changed)
        }
    }

    /// The element at an index, if this is an array that has it.
    public subscript(index: Int) -> JSONValue? {
        guard let array, array.indices.contains(index) else { return nil }
        return array[index]
    }

    /// What a message calls a value of this type: "a string", "an object".
    public var typeDescription: String {
        switch self {
        case .null: "null"
        case .bool: "a boolean"
        case .int, .double, .number: "a number"
        case .string: "a string"
        case .bytes: "bytes"
        case .array: "an array"
        case .object: "an object"
        }
    }
}

extension JSONValue: ExpressibleByNilLiteral, ExpressibleByBooleanLiteral, ExpressibleByIntegerLiteral,
    ExpressibleByFloatLiteral, ExpressibleByStringLiteral, ExpressibleByStringInterpolation,
    ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
    /// Makes `null`.
    public init(nilLiteral: ()) { self = .null }
    /// Makes a truth value.
    public init(booleanLiteral value: Bool) { self = .bool(value) }
    /// Makes an integer.
    public init(integerLiteral value: Int64) { self = .int(value) }
    /// Makes a floating point number.
    public init(floatLiteral value: Double) { self = .double(value) }
    /// Makes a text.
    public init(stringLiteral value: String) { self = .string(value) }
    /// Makes an array.
    public init(arrayLiteral elements: JSONValue...) { self = .array(elements) }
    /// Makes an object.
    public init(dictionaryLiteral elements: (String, JSONValue)...) { self = .object(JSONObject(elements)) }
}

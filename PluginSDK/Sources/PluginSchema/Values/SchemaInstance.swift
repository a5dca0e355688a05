import PluginPayloads

/// The types of JSON Schema; a number is one without a fraction if it equals one.
enum InstanceType {
    case null, boolean, number, string, array, object
}

/// What a schema is compared with: a decoded value, or one inside a block.
protocol SchemaInstance {
    var instanceType: InstanceType { get }
    /// What a message calls a value of this type: "a string", "an object".
    var typeDescription: String { get }
    /// The number, exactly, if it is one.
    var decimal: ExactDecimal? { get }
    /// The text, if it is one; bytes are the text that JSON shows.
    var text: String? { get }
    /// Elements of an array, or entries of an object; 0 for everything else.
    var partCount: Int { get }
    /// An element of an array, or the value of an entry, whose index is in range.
    func part(at index: Int) -> Self
    /// The key of an entry of an object, whose index is in range.
    func name(at index: Int) -> String
    /// Whether the value is an object that has a key.
    func has(_ name: String) -> Bool
    /// The value, decoded.
    var decoded: JSONValue { get }
}

extension JSONValue: SchemaInstance {
    var instanceType: InstanceType {
        switch self {
        case .null: .null
        case .bool: .boolean
        case .int, .double, .number: .number
        case .string, .bytes: .string
        case .array: .array
        case .object: .object
        }
    }

    var decimal: ExactDecimal? {
        switch self {
        case .int(let value): ExactDecimal(value)
        case .double(let value): ExactDecimal(value)
        case .number(let text): ExactDecimal(text)
        default: nil
        }
    }

    var text: String? { string ?? textOfBytes }

    /// What JSON shows of bytes, without its quotes.
    var textOfBytes: String? {
        guard case .bytes = self else { return nil }
        return String(description.dropFirst().dropLast())
    }

    var partCount: Int {
        switch self {
        case .array(let elements): elements.count
        case .object(let entries): entries.count
        default: 0
        }
    }

    func part(at index: Int) -> JSONValue {
        if case .object(let entries) = self { entries[index].value } else { self[index] ?? .null }
    }

    func name(at index: Int) -> String { object?[index].key ?? "" }

    func has(_ name: String) -> Bool { object?[name] != nil }

    var decoded: JSONValue { self }
}

extension BlockValue: SchemaInstance {
    var instanceType: InstanceType {
        if isObject { return .object }
        if isArray { return .array }
        if isNull { return .null }
        if bool != nil { return .boolean }
        return numberText != nil || double != nil ? .number : .string
    }

    var decimal: ExactDecimal? { instanceType == .number ? value.decimal : nil }

    var text: String? { string ?? (instanceType == .string ? value.textOfBytes : nil) }

    var partCount: Int { count }

    func part(at index: Int) -> BlockValue { self[index] ?? self }

    func name(at index: Int) -> String { key(at: index) }

    func has(_ name: String) -> Bool { self[name] != nil }

    var decoded: JSONValue { value }
}

/// The types that a value may have.
struct TypeSet: OptionSet {
    let rawValue: UInt8

    static let null = TypeSet(rawValue: 1)
    static let boolean = TypeSet(rawValue: 2)
    static let integer = TypeSet(rawValue: 4)
    static let number = TypeSet(rawValue: 8)
    static let string = TypeSet(rawValue: 16)
    static let array = TypeSet(rawValue: 32)
    static let object = TypeSet(rawValue: 64)

    private static let all: [(name: String, noun: String, type: TypeSet)] = [
        ("string", "a string", .string), ("integer", "an integer", .integer), ("number", "a number", .number),
        ("boolean", "a boolean", .boolean), ("array", "an array", .array), ("object", "an object", .object),
        ("null", "null", .null),
    ]

    /// The names of all types.
    static var names: [String] { all.map(\.name) }

    /// The type of a name.
    static func named(_ name: String) -> TypeSet? { all.first { $0.name == name }?.type }

    /// What a message calls them: "a string or null".
    var noun: String { Self.all.filter { contains($0.type) }.map(\.noun).joined(separator: " or ") }

    /// Whether a value is of one of the types.
    func contains(typeOf value: some SchemaInstance) -> Bool {
        switch value.instanceType {
        case .null: contains(.null)
        case .boolean: contains(.boolean)
        case .number: contains(.number) || (contains(.integer) && value.decimal?.isInteger ?? false)
        case .string: contains(.string)
        case .array: contains(.array)
        case .object: contains(.object)
        }
    }
}

/// The top-level fields of a payload: their names and types, and which of them have to be there.
public struct PayloadShape: Sendable, Hashable {
    /// The type of a field.
    public enum FieldType: String, Sendable, Hashable {
        /// A text.
        case string
        /// A whole number.
        case integer
        /// Any number.
        case number
        /// A truth value.
        case boolean
        /// An array.
        case array
        /// An object.
        case object
        /// A value of any type.
        case any
    }

    /// One field.
    public struct Field: Sendable, Hashable {
        /// Its name in JSON.
        public var name: String
        /// Its type.
        public var type: FieldType
        /// The type of an array's elements, or of an object's values, where all have the same.
        public var elements: FieldType
        /// Whether it may be `null`.
        public var isNullable: Bool
        /// Whether it has to be there.
        public var isRequired: Bool

        /// Makes a field.
        ///
        /// - Parameters:
        ///   - name: Its name in JSON.
        ///   - type: Its type.
        ///   - elements: The type of an array's elements, or of an object's values.
        ///   - isNullable: Whether it may be `null`.
        ///   - isRequired: Whether it has to be there.
        public init(
            _ name: String,
            _ type: FieldType,
            of elements: FieldType = .any,
            isNullable: Bool = false,
            isRequired: Bool = false
        ) {
            self.name = name
            self.type = type
            self.elements = elements
            self.isNullable = isNullable
            self.isRequired = isRequired
        }
    }

    /// The fields, in the order of their declaration.
    public var fields: [Field]

    /// Makes a shape of its fields.
    public init(_ fields: [Field]) {
        self.fields = fields
    }
}

extension PayloadShape.FieldType {
    /// What a message calls the type: "a string", "an object".
    fileprivate var expectation: String {
        switch self {
        case .string: "a string"
        case .integer: "a whole number"
        case .number: "a number"
        case .boolean: "a boolean"
        case .array: "an array"
        case .object: "an object"
        case .any: "a value"
        }
    }

    fileprivate func accepts(_ value: BlockValue) -> Bool {
        switch self {
        case .string: value.string != nil
        case .integer: value.int64 != nil
        case .number: value.double != nil
        case .boolean: value.bool != nil
        case .array: value.isArray
        case .object: value.isObject
        case .any: true
        }
    }

    fileprivate var schema: JSONValue { self == .any ? [:] : ["type": .string(rawValue)] }
}

extension PayloadShape.Field {
    /// What is wrong with a value of this field, or with one that is in it.
    fileprivate func problem(in value: BlockValue) -> String? {
        if isNullable && value.isNull { return nil }
        guard type.accepts(value) else {
            let expectation = type.expectation + (isNullable ? " or null" : "")
            return "\(name): expected \(expectation), found \(value.typeDescription)"
        }
        guard elements != .any else { return nil }
        for index in 0..<value.count {
            guard let element = value[index], !elements.accepts(element) else { continue }
            let place = value.isObject ? ".\(value.key(at: index))" : "[\(index)]"
            return "\(name)\(place): expected \(elements.expectation), found \(element.typeDescription)"
        }
        return nil
    }

    fileprivate var schema: JSONValue {
        guard type != .any else { return [:] }
        let name = JSONValue.string(type.rawValue)
        var schema: JSONValue = ["type": isNullable ? [name, "null"] : name]
        if elements != .any { schema[type == .array ? "items" : "additionalProperties"] = elements.schema }
        return schema
    }
}

extension PayloadShape {
    /// Checks a payload.
    ///
    /// Fields that the shape does not know are not looked at.
    ///
    /// - Parameters:
    ///   - payload: The payload.
    ///   - isReply: Whether it holds only the fields to replace, so that none is missing.
    /// - Returns: What is wrong, such as `args: expected an object or null, found a string`; `nil` if nothing is.
    public func problem(in payload: BlockValue, isReply: Bool = false) -> String? {
        guard payload.isObject else { return "expected an object, found \(payload.typeDescription)" }
        for field in fields {
            guard let value = payload[field.name] else {
                if field.isRequired && !isReply { return "\(field.name): missing" }
                continue
            }
            if let problem = field.problem(in: value) { return problem }
        }
        return nil
    }

    /// The shape as a JSON Schema.
    public var schema: JSONValue {
        var properties = JSONObject()
        for field in fields { properties[field.name] = field.schema }
        return [
            "type": "object",
            "properties": .object(properties),
            "required": .array(fields.filter(\.isRequired).map { .string($0.name) }),
        ]
    }
}

/// JSON Schemas of the top-level fields of payloads.
public enum PayloadSchema: Sendable {
    /// The schema of a type, found by decoding it once from sample values.
    ///
    /// - Parameter type: The type of a custom hook's payload.
    /// - Returns: The schema; `nil` for a type that refuses the samples, that is no object, or whose keys are not fixed.
    public static func schema<Value: Decodable>(of type: Value.Type) -> JSONValue? {
        let decoder = SampleDecoder()
        guard (try? Value(from: decoder)) != nil, decoder.type == .object, !decoder.isDynamic else { return nil }
        return PayloadShape(decoder.fields).schema
    }

    /// Compares the schemas that two plugins have of one hook's payload.
    ///
    /// They conflict if a field that both have is of another type, or if one requires a field that the other does not
    /// have. A schema without `properties` says nothing about fields, and fits any.
    ///
    /// - Parameters:
    ///   - first: The schema that counts.
    ///   - second: The schema that came later.
    /// - Returns: What conflicts, such as `subject: a string in the first schema, an integer in the second`; `nil` if
    ///   nothing does.
    public static func conflict(between first: JSONValue, and second: JSONValue) -> String? {
        guard let fields = first["properties"]?.object, let others = second["properties"]?.object else { return nil }
        for (name, field) in fields {
            guard let other = others[name] else { continue }
            guard let types = Self.types(of: field), let otherTypes = Self.types(of: other) else { continue }
            guard types.isDisjoint(with: otherTypes) else { continue }
            return "\(name): \(describe(types)) in the first schema, \(describe(otherTypes)) in the second"
        }
        return missing(in: others, of: first).map { "\($0): required by the first schema, absent in the second" }
            ?? missing(in: fields, of: second).map { "\($0): required by the second schema, absent in the first" }
    }

    /// The first field that a schema requires and `fields` does not have.
    private static func missing(in fields: JSONObject, of schema: JSONValue) -> String? {
        schema["required"]?.array?.compactMap(\.string).first { fields[$0] == nil }
    }

    /// The types that a field may have besides `null`; `nil` for any.
    private static func types(of field: JSONValue) -> Set<String>? {
        let names: [String]
        switch field["type"] {
        case .string(let name): names = [name]
        case .array(let list): names = list.compactMap(\.string)
        default: return nil
        }
        let types = Set(names).subtracting(["null"])
        return types.isEmpty ? nil : types
    }

    private static func describe(_ types: Set<String>) -> String {
        types.sorted().map { ["array", "object", "integer"].contains($0) ? "an \($0)" : "a \($0)" }
            .joined(separator: " or ")
    }
}

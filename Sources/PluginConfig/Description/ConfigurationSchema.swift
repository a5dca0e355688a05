package import PluginPayloads

/// The JSON Schema (draft 2020-12) of the configuration file, for editors.
///
/// It is generated from the descriptions of all keys. Where a number or a switch is expected, a template may stand.
package enum ConfigurationSchema {
    package static var value: JSONValue {
        var schema: JSONObject = ["$schema": "https://json-schema.org/draft/2020-12/schema", "title": "Hookgate"]
        for (key, value) in self.schema(of: RuntimeConfiguration.Key.file) { schema[key] = value }
        return .object(schema)
    }

    private static let template = #"\{\{ *env"#
    private static let words = "([Tt][Rr][Uu][Ee]|[Yy][Ee][Ss]|[Oo][Nn]|[Ff][Aa][Ll][Ss][Ee]|[Nn][Oo]|[Oo][Ff][Ff])"

    private static func schema(of key: KeyDescription) -> JSONObject {
        var schema: JSONObject = ["description": .string(key.text)]
        if let standard = key.standard { schema["default"] = standard }
        for (name, value) in self.schema(of: key.kind, isRequired: key.isRequired) { schema[name] = value }
        return schema
    }

    /// A key without a value counts as a missing one, unless it is required.
    private static func schema(of kind: KeyDescription.Kind, isRequired: Bool) -> JSONObject {
        func types(_ names: JSONValue...) -> JSONValue { .array(names + (isRequired ? [] : ["null"])) }
        switch kind {
        case .boolean: return ["type": types("boolean", "string"), "pattern": .string("^\(words)$|\(template)")]
        case .integer(let range):
            var schema: JSONObject = ["type": types("integer", "string"), "pattern": .string(template)]
            if range.lowerBound != .min { schema["minimum"] = .int(Int64(range.lowerBound)) }
            if range.upperBound != .max { schema["maximum"] = .int(Int64(range.upperBound)) }
            return schema
        case .seconds:
            return [
                "type": types("number", "string"), "pattern": .string(template), "exclusiveMinimum": 0,
                "maximum": 86_400,
            ]
        case .bytes(let range):
            return [
                "type": types("integer", "string"), "pattern": .string("^[0-9]+ *([KMG]i?)?B$|\(template)"),
                "minimum": .int(Int64(range.lowerBound)), "maximum": .int(Int64(range.upperBound)),
            ]
        case .text: return ["type": types("string")]
        case .secret, .textOrNumber: return ["type": types("string", "number")]
        case .word(let words):
            let known = words.map(JSONValue.string) + (isRequired ? [] : [.null])
            return ["anyOf": [["enum": .array(known)], ["type": "string", "pattern": .string(template)]]]
        case .list(let element):
            return ["type": types("array"), "items": .object(schema(of: element, isRequired: true))]
        case .textOrTexts: return ["type": types("string", "array"), "items": ["type": "string"]]
        case .wordOrSection(let key, let keys):
            let word =
                keys.first { $0.key == key }.map { schema(of: $0.description.kind, isRequired: isRequired) } ?? [:]
            return ["anyOf": [.object(word), .object(schema(of: .section(keys), isRequired: true))]]
        case .section(let keys):
            let required = keys.filter(\.description.isRequired).map { JSONValue.string($0.key) }
            var schema: JSONObject = [
                "type": types("object"),
                "properties": .object(JSONObject(keys.map { ($0.key, .object(self.schema(of: $0.description))) })),
                "additionalProperties": false,
            ]
            if !required.isEmpty { schema["required"] = .array(required) }
            return schema
        case .either(let short, let long):
            return [
                "anyOf": .array([short, long].map { .object(schema(of: $0, isRequired: isRequired)) })
            ]
        case .anything: return ["type": types("object")]
        }
    }
}

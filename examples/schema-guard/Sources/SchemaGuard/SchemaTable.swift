import PluginPayloads
import PluginSDK
import PluginSchema

/// The schemas that the operator wrote, by the tool's name.
struct SchemaTable: Sendable {
    private let schemas: [String: JSONSchema]

    /// Compiles the schemas below a key of the configuration.
    init(_ schemas: JSONObject, at key: String, maxErrors: Int) throws(ConfigurationProblem) {
        var compiled: [String: JSONSchema] = [:]
        for (name, schema) in schemas {
            do {
                compiled[name] = try JSONSchema(schema, limits: JSONSchema.Limits(problems: maxErrors))
            } catch {
                let token = name.replacing("~", with: "~0").replacing("/", with: "~1")
                throw ConfigurationProblem(at: "/\(key)/\(token)\(error.pointer)", error.message)
            }
        }
        self.schemas = compiled
    }

    subscript(name: String) -> JSONSchema? { schemas[name] }
}

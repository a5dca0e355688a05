import PluginPayloads
import YAMLTree

extension Field {
    /// The mapping as a JSON object.
    func jsonObject() -> JSONObject {
        guard case .object(let object) = jsonValue() else {
            error(expected: "a mapping")
            return [:]
        }
        return object
    }

    /// The value and all below it as JSON; numbers keep their digits.
    func jsonValue() -> JSONValue {
        switch node.content {
        case .scalar(let scalar): json(scalar.value)
        case .sequence(let nodes):
            .array(nodes.enumerated().map { Field(node: $1, path: path.element($0), log: log).jsonValue() })
        case .mapping(let entries):
            .object(
                JSONObject(
                    entries.map { ($0.key, Field(node: $0.value, path: path.key($0.key), log: log).jsonValue()) }
                )
            )
        }
    }

    private func json(_ value: YAMLScalar.Value) -> JSONValue {
        switch value {
        case .null: return .null
        case .boolean(let value): return .bool(value)
        case .integer(let value): return .int(value)
        case .number(let text): return .number(text)
        case .string(let text): return .string(text)
        case .unrepresentable:
            error(expected: "a number that JSON can carry", hint: "put it in quotes if text is meant")
            return .null
        }
    }
}

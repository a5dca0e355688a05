import PluginPayloads

extension TemplateValue {
    /// What the value prints as: texts and numbers as they are, lists and maps as JSON text.
    ///
    /// Truth values print as in JSON, `true` and not Python's `True`, because they look so inside lists and maps too; none
    /// prints nothing, like a value that is not there.
    var printed: String {
        switch self {
        case .undefined, .none: ""
        case .bool(let value): value ? "true" : "false"
        case .number(let number): number.text
        case .text(let text), .markup(let text): text
        case .list, .map: json
        }
    }

    /// The value as JSON text.
    var json: String {
        switch self {
        case .map(let value), .list(.json(let value)): value.json
        default: jsonValue.description
        }
    }

    private var jsonValue: JSONValue {
        switch self {
        case .undefined, .none: .null
        case .bool(let value): .bool(value)
        case .number(let number): number.jsonValue
        case .text(let text), .markup(let text): .string(text)
        case .list(let list): .array((0..<list.count).map { list[$0].jsonValue })
        case .map(let map): map.value
        }
    }
}

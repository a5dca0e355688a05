import YAMLTree

/// A document read from `text` as the file `test.yaml`.
func document(_ text: String, limits: YAMLLimits = YAMLLimits()) -> YAMLDocument {
    YAMLDocument(file: "test.yaml", bytes: Array(text.utf8), limits: limits)
}

/// The errors of a document, one line each, such as `3:1 duplicateKey: duplicate key "a", first given at 1:1`.
func errors(_ text: String, limits: YAMLLimits = YAMLLimits()) -> [String] {
    document(text, limits: limits).errors.map(line)
}

func line(_ error: YAMLError) -> String {
    "\(error.position) \(error.code): \(error.message)" + (error.hint.map { " | \($0)" } ?? "")
}

/// A tree on one line, each key and value with its position.
func outline(_ node: YAMLNode?) -> String {
    guard let node else { return "nothing" }
    switch node.content {
    case .scalar(let scalar):
        return "\(outline(scalar.value))@\(node.position)"
    case .sequence(let elements):
        return "[" + elements.map(outline).joined(separator: ", ") + "]@\(node.position)"
    case .mapping(let entries):
        let pairs = entries.map { "\($0.key)@\($0.keyPosition): \(outline($0.value))" }
        return "{" + pairs.joined(separator: ", ") + "}@\(node.position)"
    }
}

func outline(_ value: YAMLScalar.Value) -> String {
    switch value {
    case .null: "null"
    case .boolean(let value): "\(value)"
    case .integer(let value): "int \(value)"
    case .number(let text): "number \(text)"
    case .unrepresentable: "unrepresentable"
    case .string(let text): text.quoted
    }
}

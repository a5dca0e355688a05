import YAMLTree

/// One value of the file and the place to blame for it.
///
/// Each reading function answers `nil` after it has reported what is wrong.
struct Field {
    let node: YAMLNode
    let path: ConfigPath
    let log: ProblemLog

    var position: SourcePosition { node.position }

    var scalar: YAMLScalar? {
        if case .scalar(let scalar) = node.content { scalar } else { nil }
    }

    var isNull: Bool { scalar?.value == .null }

    func error(_ message: String, hint: String? = nil) {
        log.error(message, at: position, path: path, hint: hint)
    }

    func error(expected: String, hint: String? = nil) {
        error("expected \(expected), found \(foundDescription)", hint: hint)
    }

    /// What a message calls the value: `"fifty"`, `5`, `a list`.
    private var foundDescription: String {
        switch node.content {
        case .sequence: "a list"
        case .mapping: "a mapping"
        case .scalar(let scalar):
            switch scalar.setting {
            case .null: "nothing"
            case .string: (scalar.looksLikeNumber ? "the text " : "") + scalar.quotedText
            case .boolean, .integer, .number, .unrepresentable: scalar.shortText
            }
        }
    }
}

extension Field {
    /// The elements of a list.
    func elements(of what: String, hint: String? = nil) -> [Field]? {
        guard case .sequence(let nodes) = node.content else {
            error(expected: "a list of \(what)", hint: hint)
            return nil
        }
        return nodes.enumerated().map { Field(node: $1, path: path.element($0), log: log) }
    }

    /// The truth value; the words of YAML 1.1 are welcome, also in quotes.
    func boolean() -> Bool? {
        switch scalar?.setting {
        case .boolean(let value): return value
        case .integer(let value) where scalar?.isFromOutside == true && (0...1).contains(value): return value == 1
        case .string(let text):
            switch text.lowercased() {
            case "true", "yes", "on": return true
            case "false", "no", "off": return false
            default: break
            }
        default: break
        }
        error(expected: "true or false", hint: "yes, no, on and off are accepted too")
        return nil
    }

    /// One of several words.
    func choice<Value>(of words: [(String, Value)], unsupported: [String] = []) -> Value? {
        let names = words.map(\.0)
        guard let scalar, let text = scalar.string else {
            error(expected: names.joinedWithOr)
            return nil
        }
        if let word = words.first(where: { $0.0 == text }) { return word.1 }
        if unsupported.contains(text) {
            error("\(scalar.quotedText) is not supported yet", hint: "use \(names.joinedWithOr)")
        } else {
            let hint = scalar.isSecret ? nil : Suggestion.hint(for: text, among: names)
            error(expected: names.joinedWithOr, hint: hint)
        }
        return nil
    }

    func choice<Value: RawRepresentable<String> & CaseIterable>(of type: Value.Type) -> Value? {
        choice(of: type.allCases.map { ($0.rawValue, $0) })
    }
}

extension [String] {
    /// The words as a person lists them: `a, b or c`.
    var joinedWithOr: String {
        count < 2 ? joined() : dropLast().joined(separator: ", ") + " or " + (last ?? "")
    }
}

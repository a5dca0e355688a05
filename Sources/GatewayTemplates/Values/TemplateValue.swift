import PluginPayloads

/// What an expression evaluates to: JSON data only, never a Swift object.
enum TemplateValue: Sendable {
    /// An argument, key or element that is not there.
    case undefined
    case none
    case bool(Bool)
    case number(TemplateNumber)
    case text(String)
    /// A text that is escaped for HTML already, or that the author vouches for.
    case markup(String)
    case list(TemplateList)
    case map(BlockValue)

    init(_ value: BlockValue) {
        if let text = value.string {
            self = .text(text)
        } else if value.isObject {
            self = .map(value)
        } else if value.isArray {
            self = .list(.json(value))
        } else if let bool = value.bool {
            self = .bool(bool)
        } else if let number = TemplateNumber(value) {
            self = .number(number)
        } else if value.isNull {
            self = .none
        } else {
            // Bytes, which a plugin may have put there, are in JSON a text in base64.
            self = .text(String(value.json.dropFirst().dropLast()))
        }
    }

    init(_ value: BlockValue?) {
        self = value.map { TemplateValue($0) } ?? .undefined
    }

    init(_ count: Int) { self = .number(.integer(Int64(count))) }

    /// Whether a condition holds: all but nothing, false, zero, and what is empty.
    var isTrue: Bool {
        switch self {
        case .undefined, .none: false
        case .bool(let value): value
        case .number(let number): !number.isZero
        case .text(let text), .markup(let text): !text.isEmpty
        case .list(let list): list.count > 0
        case .map(let map): map.count > 0
        }
    }

    /// The text, if it is one.
    var text: String? {
        switch self {
        case .text(let text), .markup(let text): text
        default: nil
        }
    }

    /// What a message calls it.
    var typeDescription: String {
        switch self {
        case .undefined: "an undefined value"
        case .none: "none"
        case .bool: "a boolean"
        case .number: "a number"
        case .text, .markup: "a string"
        case .list: "a list"
        case .map: "a map"
        }
    }
}

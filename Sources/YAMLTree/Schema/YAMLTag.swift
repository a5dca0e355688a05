/// The tags of the YAML 1.2 core schema, the only ones we accept.
enum YAMLTag: String {
    case null
    case boolean = "bool"
    case integer = "int"
    case float
    case string = "str"
    case sequence = "seq"
    case mapping = "map"

    /// The tag for libyaml's resolved text, such as `tag:yaml.org,2002:int` for `!!int`; `nil` for any other.
    init?(resolved text: String) {
        let prefix = "tag:yaml.org,2002:"
        guard text.hasPrefix(prefix), let tag = YAMLTag(rawValue: String(text.dropFirst(prefix.count))) else {
            return nil
        }
        self = tag
    }

    /// The tag as it is written in a file.
    var description: String { "!!" + rawValue }

    /// What a scalar with this tag means, or `nil` if its text does not fit.
    func value(of text: String) -> YAMLScalar.Value? {
        let plain = CoreSchema.resolve(text)
        switch (self, plain) {
        case (.string, _): return .string(text)
        case (.null, .null), (.boolean, .boolean), (.integer, .integer), (.float, .integer), (.float, .number),
            (.float, .unrepresentable):
            return plain
        case (.integer, .number) where CoreSchema.isDecimalInteger(text): return plain
        default: return nil
        }
    }
}

import PluginPayloads

/// Elements in an order, made when they are asked for.
enum TemplateList: Sendable {
    case json(BlockValue)
    case values([TemplateValue])
    /// The keys of a map.
    case keys(BlockValue)
    /// The entries of a map, each a list of key and value.
    case entries(BlockValue)
    /// The characters of a text.
    case characters([Unicode.Scalar])

    var count: Int {
        switch self {
        case .json(let value), .keys(let value), .entries(let value): value.count
        case .values(let values): values.count
        case .characters(let scalars): scalars.count
        }
    }

    /// An element; undefined beyond the end.
    subscript(index: Int) -> TemplateValue {
        guard index >= 0, index < count else { return .undefined }
        return switch self {
        case .json(let value): TemplateValue(value[index])
        case .values(let values): values[index]
        case .keys(let map): .text(map.key(at: index))
        case .entries(let map): .list(.values([.text(map.key(at: index)), TemplateValue(map[index])]))
        case .characters(let scalars): .text(String(Character(scalars[index])))
        }
    }
}

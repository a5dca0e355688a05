import PluginHooks
import PluginPayloads
import YAMLTree

/// Lists the settings of a file, either what it says, or all there are with what holds for each.
struct SettingListing {
    private let root: YAMLNode
    private let log: ProblemLog
    /// Modes that a running gateway was told to use instead, by the names of their plugins.
    private let modes: [String: String]
    private var settings: [ListedSetting] = []

    /// What the file says, in its order.
    static func written(_ root: YAMLNode, _ log: ProblemLog) -> [ListedSetting] {
        var listing = SettingListing(root: root, log: log, modes: [:])
        listing.addLeaves(of: root, ConfigPath(), isSecret: false)
        return listing.settings
    }

    /// Every setting there is, in the order of their descriptions; plugins last, as there may be many.
    static func effective(_ root: YAMLNode, _ log: ProblemLog, modes: [String: String]) -> [ListedSetting] {
        var listing = SettingListing(root: root, log: log, modes: modes)
        for key in RuntimeConfiguration.Key.allCases.filter({ $0 != .plugins }) + [.plugins] {
            listing.add(key.description, root[key.rawValue], ConfigPath(key.rawValue))
        }
        return listing.settings
    }

    private init(root: YAMLNode, log: ProblemLog, modes: [String: String]) {
        self.root = root
        self.log = log
        self.modes = modes
    }

    // MARK: All there are

    private mutating func add(_ description: KeyDescription, _ node: YAMLNode?, _ path: ConfigPath) {
        let node = node?.isNull == true ? nil : node
        switch (description.kind, node?.content) {
        case (.section(let keys), _):
            for (key, description) in keys { add(description, node?[key], path.key(key)) }
        case (.wordOrSection(let word, let keys), .scalar):
            for (key, description) in keys { add(description, key == word ? node : nil, path.key(key)) }
        case (.wordOrSection(_, let keys), _):
            for (key, description) in keys { add(description, node?[key], path.key(key)) }
        case (.list(.section), .sequence(let elements)) where path == Self.plugins:
            for (index, element) in elements.enumerated() { addPlugin(element, path.element(index)) }
        case (.either(_, let long), nil), (.either(_, let long), .mapping?):
            add(KeyDescription(description.text, long, description.standard), node, path)
        case (.anything, .some):
            if let node { addLeaves(of: node, path, isSecret: false) }
        case (_, .some):
            if let node { addValue(node, path, description.kind) }
        case (_, nil):
            if let standard = description.standard { add(path, standard, .standard) }
        }
    }

    private static let plugins = ConfigPath(RuntimeConfiguration.Key.plugins.rawValue)

    private mutating func addPlugin(_ node: YAMLNode, _ path: ConfigPath) {
        for key in PluginEntry.Key.allCases {
            let keyPath = path.key(key.rawValue)
            switch key {
            case .mode:
                if case .scalar(let name)? = node[PluginEntry.Key.name.rawValue]?.content, let mode = modes[name.text] {
                    add(keyPath, .string(mode), .other("override set by PUT /admin/plugins/\(name.text)"))
                } else {
                    add(key.description, node[key.rawValue], keyPath)
                }
            case .timeout where node[key.rawValue]?.isNull ?? true: addSharedTimeout(keyPath)
            default: add(key.description, node[key.rawValue], keyPath)
            }
        }
    }

    private mutating func addSharedTimeout(_ path: ConfigPath) {
        let key = RuntimeSettings.Key.pluginTimeout
        let shared = ConfigPath(RuntimeConfiguration.Key.settings.rawValue).key(key.rawValue)
        guard let value = settings.first(where: { $0.path == shared.description })?.value else { return }
        add(path, value, .other(shared.description))
    }

    private mutating func addValue(_ node: YAMLNode, _ path: ConfigPath, _ kind: KeyDescription.Kind) {
        let field = Field(node: node, path: path, log: ProblemLog(file: log.file))
        if case .secret = kind { return add(path, ListedSetting.mask, source(of: node, path), isSecret: true) }
        if field.scalar?.isSecret == true {
            return add(path, ListedSetting.mask, source(of: node, path), isSecret: true)
        }
        switch kind {
        case .boolean: add(path, field.boolean().map(JSONValue.bool) ?? .null, source(of: node, path))
        case .bytes(let range):
            add(path, field.bytes(in: range).map { .int(Int64($0)) } ?? .null, source(of: node, path))
        case .integer, .seconds: add(path, field.settingValue, source(of: node, path))
        default: add(path, Self.masked(field), source(of: node, path))
        }
    }

    // MARK: What the file says

    /// Adds each value below a node; a list of plain values is one.
    private mutating func addLeaves(of node: YAMLNode, _ path: ConfigPath, isSecret: Bool) {
        switch node.content {
        case .mapping(let entries) where !entries.isEmpty:
            for entry in entries {
                let isSecret = isSecret || SecretNames.contains(entry.key)
                addLeaves(of: entry.value, path.key(entry.key), isSecret: isSecret)
            }
        case .sequence(let nodes)
        where nodes.contains { $0.isCollection || $0.isSecretScalar } || (isSecret && !nodes.isEmpty):
            for (index, element) in nodes.enumerated() {
                addLeaves(of: element, path.element(index), isSecret: isSecret)
            }
        default:
            let field = Field(node: node, path: path, log: ProblemLog(file: log.file))
            let value = field.jsonValue()
            let isMasked = field.scalar?.isSecret == true || (isSecret && value.canBeSecret)
            add(path, isMasked ? ListedSetting.mask : value, source(of: node, path), isSecret: isMasked)
        }
    }

    // MARK: One

    private mutating func add(
        _ path: ConfigPath,
        _ value: JSONValue,
        _ source: SettingSource,
        isSecret: Bool = false
    ) {
        settings.append(
            ListedSetting(path: path.description, value: value, source: source.description, isSecret: isSecret)
        )
    }

    private func source(of node: YAMLNode, _ path: ConfigPath) -> SettingSource {
        log.source(of: path) ?? .file(log.file, line: node.position.line)
    }

    /// The value as JSON, with the mask for whatever a template has put in.
    private static func masked(_ field: Field) -> JSONValue {
        switch field.node.content {
        case .scalar(let scalar): scalar.isSecret ? ListedSetting.mask : field.jsonValue()
        case .sequence(let nodes): .array(nodes.map { masked(Field(node: $0, path: field.path, log: field.log)) })
        case .mapping(let entries):
            .object(
                JSONObject(entries.map { ($0.key, masked(Field(node: $0.value, path: field.path, log: field.log))) })
            )
        }
    }
}

extension Field {
    /// The value as the setting is read.
    fileprivate var settingValue: JSONValue {
        switch scalar?.setting {
        case .integer(let value): .int(value)
        case .number(let text): .number(text)
        default: jsonValue()
        }
    }
}

extension JSONValue {
    /// Whether the value can hold what must not be known: a switch cannot.
    fileprivate var canBeSecret: Bool { bool == nil && !isNull }
}

extension YAMLNode {
    fileprivate subscript(key: String) -> YAMLNode? {
        guard case .mapping(let entries) = content else { return nil }
        return entries.first { $0.key == key }?.value
    }

    fileprivate var isNull: Bool { if case .scalar(let scalar) = content { scalar.value == .null } else { false } }

    fileprivate var isCollection: Bool { if case .scalar = content { false } else { true } }

    fileprivate var isSecretScalar: Bool { if case .scalar(let scalar) = content { scalar.isSecret } else { false } }
}

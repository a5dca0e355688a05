import YAMLTree

/// Lays flags and variables over the tree of a file, so that they are read, and refused, as the file's own values are.
struct Overrides {
    private let sources: ConfigurationSources
    private let log: ProblemLog

    init(_ sources: ConfigurationSources, _ log: ProblemLog) {
        self.sources = sources
        self.log = log
    }

    /// The tree with the overriding values; problems with these name their source and no line.
    func layered(over root: YAMLNode) -> YAMLNode {
        OverridableSetting.all.reduce(root) { root, setting in
            guard let (text, source) = setting.value(in: sources) else { return root }
            log.setSource(source, of: setting.path)
            let scalar = YAMLScalar(quoted: text).replaced(by: text, isSecret: setting.isSecret)
            let section = root.value(of: setting.section.rawValue) ?? YAMLNode.empty
            return root.setting(
                setting.section.rawValue,
                to: section.setting(setting.key, to: YAMLNode(.scalar(scalar), at: .start))
            )
        }
    }
}

extension YAMLNode {
    fileprivate static var empty: YAMLNode { YAMLNode(.mapping([]), at: .start) }

    fileprivate func value(of key: String) -> YAMLNode? {
        guard case .mapping(let entries) = content else { return nil }
        return entries.first { $0.key == key }?.value
    }

    /// The mapping with a value for a key; null counts as an empty mapping, and what is none stays for its own error.
    fileprivate func setting(_ key: String, to value: YAMLNode) -> YAMLNode {
        switch content {
        case .mapping(var entries):
            let index = entries.firstIndex { $0.key == key }
            let entry = YAMLEntry(key: key, keyPosition: index.map { entries[$0].keyPosition } ?? .start, value: value)
            if let index { entries[index] = entry } else { entries.append(entry) }
            return YAMLNode(.mapping(entries), at: position)
        case .scalar(let scalar) where scalar.value == .null:
            return YAMLNode.empty.setting(key, to: value)
        case .scalar, .sequence:
            return self
        }
    }
}

import PluginHooks
import YAMLTree

/// Puts environment variables into the values of a configuration.
///
/// It works on the tree, so that what is put in can never become structure; keys stay as they are.
struct EnvironmentTemplates {
    /// For the separate server of external plugins, whose environment is not ours.
    private static let foreignKeys = [
        RuntimeConfiguration.Key.serverSettings, .grpcServerSettings, .unixSocketServerSettings,
    ].map(\.rawValue)

    private let environment: [String: String]
    private let log: ProblemLog
    private let maxTextBytes: Int
    private var totalBytes = 0

    init(_ environment: [String: String], _ log: ProblemLog, maxTextBytes: Int) {
        self.environment = environment
        self.log = log
        self.maxTextBytes = maxTextBytes
    }

    /// A whole file with the values in their places; what cannot be rendered is reported and stays.
    mutating func rendered(_ root: YAMLNode) -> YAMLNode {
        guard case .mapping(let entries) = root.content else { return root }
        return YAMLNode(.mapping(entries.map { renderedSection($0) }), at: root.position)
    }

    private mutating func renderedSection(_ entry: YAMLEntry) -> YAMLEntry {
        let path = ConfigPath(entry.key)
        if Self.foreignKeys.contains(entry.key) { return entry }
        guard entry.key == RuntimeConfiguration.Key.plugins.rawValue,
            case .sequence(let plugins) = entry.value.content
        else { return entry.with(rendered(entry.value, path)) }
        let rendered = plugins.enumerated().map { renderedPlugin($1, path.element($0)) }
        return entry.with(YAMLNode(.sequence(rendered), at: entry.value.position))
    }

    /// A disabled plugin needs none of its variables: what has no value stays as it is.
    private mutating func renderedPlugin(_ node: YAMLNode, _ path: ConfigPath) -> YAMLNode {
        let modeKey = PluginEntry.Key.mode.rawValue
        guard case .mapping(let entries) = node.content else { return rendered(node, path) }
        let mode = entries.first { $0.key == modeKey }.map { rendered($0.value, path.key(modeKey), isQuiet: true) }
        guard case .scalar(let scalar) = mode?.content else { return rendered(node, path) }
        return rendered(node, path, isQuiet: scalar.text == PluginMode.disabled.rawValue)
    }

    private mutating func rendered(_ node: YAMLNode, _ path: ConfigPath, isQuiet: Bool = false) -> YAMLNode {
        switch node.content {
        case .scalar(let scalar):
            return YAMLNode(.scalar(rendered(scalar, at: node.position, path, isQuiet)), at: node.position)
        case .sequence(let nodes):
            let elements = nodes.enumerated().map { rendered($1, path.element($0), isQuiet: isQuiet) }
            return YAMLNode(.sequence(elements), at: node.position)
        case .mapping(let entries):
            let values = entries.map { $0.with(rendered($0.value, path.key($0.key), isQuiet: isQuiet)) }
            return YAMLNode(.mapping(values), at: node.position)
        }
    }

    private mutating func rendered(
        _ scalar: YAMLScalar,
        at position: SourcePosition,
        _ path: ConfigPath,
        _ isQuiet: Bool
    ) -> YAMLScalar {
        do throws(EnvironmentTemplate.Failure) {
            let template = try EnvironmentTemplate(scalar.text)
            guard template.hasVariables else { return scalar }
            let text = try template.rendered(environment)
            totalBytes += text.utf8.count
            guard totalBytes <= maxTextBytes else {
                log.error("templates make more than \(maxTextBytes) bytes of text", at: position, path: path)
                return scalar
            }
            return scalar.replaced(by: text, isSecret: true)
        } catch {
            if !isQuiet { log.error(error.message, at: position, path: path, hint: error.hint) }
            return scalar
        }
    }
}

extension YAMLEntry {
    fileprivate func with(_ value: YAMLNode) -> YAMLEntry {
        YAMLEntry(key: key, keyPosition: keyPosition, value: value)
    }
}

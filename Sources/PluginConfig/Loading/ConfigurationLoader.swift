package import PluginPayloads
import YAMLTree

/// Reads configuration files.
///
/// A file that cannot be read is a problem like any other, so that callers have one way to report them all.
package enum ConfigurationLoader {
    /// Reads the configuration at a path, and what stands above it; without a path, that alone.
    package static func load(
        path: String?,
        sources: ConfigurationSources = ConfigurationSources()
    ) -> LoadedFile<RuntimeConfiguration> {
        guard let path else { return parse([], file: "", sources: sources) }
        return load(path, sources) { parse($0, file: $1, sources: sources) }
    }

    /// Reads the text of a configuration; `file` is its name for messages.
    package static func parse(
        _ bytes: [UInt8],
        file: String,
        sources: ConfigurationSources = ConfigurationSources()
    ) -> LoadedFile<RuntimeConfiguration> {
        parse(bytes, file, sources) { root, limits in
            var templates = EnvironmentTemplates(sources.environment, root.log, maxTextBytes: limits.textBytes)
            let tree = Overrides(sources, root.log).layered(over: templates.rendered(root.node))
            return RuntimeConfiguration(Field(node: tree, path: root.path, log: root.log))
        }
    }

    /// Lists the settings of the configuration at a path, secrets masked.
    ///
    /// - Parameters:
    ///   - path: The file; without one there are only defaults and what stands above them.
    ///   - sources: What fills the file's templates, and stands above it.
    ///   - isEffective: Whether all settings there are belong to the list, or only what the file says.
    ///   - modes: Modes that a running gateway was told to use instead, by the names of their plugins.
    /// - Returns: The settings, or all that is wrong.
    package static func list(
        path: String?,
        sources: ConfigurationSources,
        isEffective: Bool,
        modes: [String: String] = [:]
    ) -> LoadedFile<[ListedSetting]> {
        func parse(_ bytes: [UInt8], _ file: String) -> LoadedFile<[ListedSetting]> {
            Self.parse(bytes, file, sources) { root, limits in
                var templates = EnvironmentTemplates(sources.environment, root.log, maxTextBytes: limits.textBytes)
                var tree = templates.rendered(root.node)
                if isEffective { tree = Overrides(sources, root.log).layered(over: tree) }
                _ = RuntimeConfiguration(Field(node: tree, path: root.path, log: root.log))
                return isEffective
                    ? ReaderLimit.listed(limits, root.log) + SettingListing.effective(tree, root.log, modes: modes)
                    : SettingListing.written(tree, root.log)
            }
        }
        return path.map { load($0, sources, parse) } ?? parse([], "")
    }

    /// Reads a YAML file without any keys of ours, such as a manifest beside a plugin.
    package static func loadValue(path: String) -> LoadedFile<JSONValue> {
        load(path, ConfigurationSources(), parseValue)
    }

    /// Reads the text of such a file; `file` is its name for messages.
    package static func parseValue(_ bytes: [UInt8], file: String) -> LoadedFile<JSONValue> {
        parse(bytes, file, ConfigurationSources()) { root, _ in root.jsonValue() }
    }

    private static func load<Content>(
        _ path: String,
        _ sources: ConfigurationSources,
        _ parse: ([UInt8], String) -> LoadedFile<Content>
    ) -> LoadedFile<Content> {
        do {
            // One byte more than the reader accepts is enough to be refused.
            let limits = YAMLLimits(sources, ProblemLog(file: path))
            return parse(try ConfigurationFile.bytes(of: path, limit: limits.bytes + 1), path)
        } catch {
            let log = ProblemLog(file: path)
            log.error("cannot read the file: \(error.reason)", at: nil, hint: error.hint)
            return LoadedFile(content: nil, problems: log.sorted, source: SourceText(bytes: []))
        }
    }

    private static func parse<Content>(
        _ bytes: [UInt8],
        _ file: String,
        _ sources: ConfigurationSources,
        read: (Field, YAMLLimits) -> Content
    ) -> LoadedFile<Content> {
        let log = ProblemLog(file: file)
        let limits = YAMLLimits(sources, log)
        let document = YAMLDocument(file: file, bytes: bytes, limits: limits)
        for error in document.errors { UnquotedTemplates.report(error, in: document.source, log) }
        let content = document.root.map { read(Field(node: $0, path: ConfigPath(), log: log), limits) }
        return LoadedFile(content: log.hasErrors ? nil : content, problems: log.sorted, source: document.source)
    }
}

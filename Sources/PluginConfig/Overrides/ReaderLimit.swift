import PluginPayloads
import YAMLTree

/// A limit of the reader of the configuration file.
///
/// It cannot stand in the file that it is about, so a variable alone sets it.
package struct ReaderLimit: Sendable {
    /// The variable, such as `HOOKGATE_YAML_MAX_DEPTH`.
    package let variable: String
    /// What is limited.
    package let text: String
    package let range: ClosedRange<Int>

    private let key: String
    fileprivate let limit: any WritableKeyPath<YAMLLimits, Int> & Sendable

    /// All there are.
    package static let all = [
        ReaderLimit(
            variable: "HOOKGATE_YAML_MAX_BYTES",
            text: "Bytes of the file.",
            range: 1_024...(1 << 30),
            key: "max_bytes",
            limit: \.bytes
        ),
        ReaderLimit(
            variable: "HOOKGATE_YAML_MAX_DEPTH",
            text: "Levels of nesting, aliases expanded.",
            range: 8...128,
            key: "max_depth",
            limit: \.depth
        ),
        ReaderLimit(
            variable: "HOOKGATE_YAML_MAX_VALUES",
            text: "Values and keys, aliases expanded.",
            range: 100...(1 << 24),
            key: "max_values",
            limit: \.nodes
        ),
        ReaderLimit(
            variable: "HOOKGATE_YAML_MAX_TEXT_BYTES",
            text: "Bytes of all texts, aliases and templates expanded.",
            range: 1_024...(1 << 30),
            key: "max_text_bytes",
            limit: \.textBytes
        ),
    ]

    /// What holds if the variable is not set.
    package var standard: Int { YAMLLimits()[keyPath: limit] }

    fileprivate var path: ConfigPath { ConfigPath("yaml").key(key) }

    /// All limits as a listing shows them.
    static func listed(_ limits: YAMLLimits, _ log: ProblemLog) -> [ListedSetting] {
        all.map { limit in
            let source = log.source(of: limit.path) ?? .standard
            return ListedSetting(
                path: limit.path.description,
                value: .int(Int64(limits[keyPath: limit.limit])),
                source: source.description
            )
        }
    }
}

extension YAMLLimits {
    /// The limits that variables set; a value that does not fit is reported, and the default holds.
    init(_ sources: ConfigurationSources, _ log: ProblemLog) {
        self.init()
        for limit in ReaderLimit.all {
            guard let text = sources.environment[limit.variable], !text.isEmpty else { continue }
            log.setSource(.variable(limit.variable), of: limit.path)
            let scalar = YAMLScalar(quoted: text).replaced(by: text, isSecret: false)
            let field = Field(node: YAMLNode(.scalar(scalar), at: .start), path: limit.path, log: log)
            field.integer(in: limit.range).assign(to: &self[keyPath: limit.limit])
        }
    }
}

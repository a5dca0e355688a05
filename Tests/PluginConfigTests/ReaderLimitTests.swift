import PluginConfig
import Testing

@Suite("The limits of the configuration file itself")
struct ReaderLimitTests {
    /// A limit, a file that is exactly at it, one that goes one over, and what that is told.
    struct Row: Sendable, CustomTestStringConvertible {
        let variable: String
        let limit: Int
        let fits: String
        let exceeds: String
        let problem: String

        var testDescription: String { variable }
    }

    private static func nested(_ levels: Int) -> String {
        "plugins: \(String(repeating: "[", count: levels))\(String(repeating: "]", count: levels))"
    }

    /// A list of so many values, and the two of the mapping around it, and its key.
    private static func values(_ count: Int) -> String {
        "plugin_dirs: [\(Array(repeating: "a", count: count).joined(separator: ","))]"
    }

    private static let rows = [
        Row(
            variable: "HOOKGATE_YAML_MAX_BYTES",
            limit: 1_024,
            fits: "#" + String(repeating: "x", count: 1_023),
            exceeds: "#" + String(repeating: "x", count: 1_024),
            problem: "the file is larger than 1024 bytes"
        ),
        Row(
            variable: "HOOKGATE_YAML_MAX_DEPTH",
            limit: 8,
            fits: nested(7),
            exceeds: nested(8),
            problem: "values are nested deeper than 8 levels"
        ),
        Row(
            variable: "HOOKGATE_YAML_MAX_VALUES",
            limit: 100,
            fits: values(97),
            exceeds: values(98),
            problem: "the file has more than 100 values, aliases expanded"
        ),
        Row(
            variable: "HOOKGATE_YAML_MAX_TEXT_BYTES",
            limit: 1_024,
            fits: "plugin_dirs: [\(String(repeating: "x", count: 1_013))]",
            exceeds: "plugin_dirs: [\(String(repeating: "x", count: 1_014))]",
            problem: "the file has more than 1024 bytes of text, aliases expanded"
        ),
    ]

    @Test("are set by variables: exactly at one a file is read, one beyond it is refused", arguments: rows)
    func variables(row: Row) {
        let environment = [row.variable: "\(row.limit)"]
        #expect(load(row.fits, environment).problems.map(\.message).filter { $0 == row.problem } == [])
        #expect(load(row.exceeds, environment).problems.map(\.message) == [row.problem])
        #expect(load(row.exceeds).problems.map(\.message).filter { $0 == row.problem } == [])
    }

    @Test("are told with the variables that set them")
    func hint() {
        #expect(
            load(Self.nested(64)).problems.map(\.hint)
                == ["HOOKGATE_YAML_MAX_BYTES, _DEPTH, _VALUES and _TEXT_BYTES set the reader's limits"]
        )
    }

    @Test("hold for the text that templates put in, too")
    func templates() {
        let text = #"plugin_dirs: ["{{ env.LONG }}"]"#
        let environment = ["HOOKGATE_YAML_MAX_TEXT_BYTES": "1024", "LONG": String(repeating: "x", count: 1_024)]
        #expect(load(text, environment).report == "")
        #expect(
            load(text, environment.merging(["LONG": String(repeating: "x", count: 1_025)]) { $1 }).problems
                .map(\.message) == ["templates make more than 1024 bytes of text"]
        )
    }

    @Test("are refused by the name of their variable if they do not fit", arguments: ReaderLimit.all)
    func refusals(limit: ReaderLimit) {
        let name = "yaml." + limit.variable.dropFirst("HOOKGATE_YAML_".count).lowercased()
        let (low, high) = (limit.range.lowerBound, limit.range.upperBound)
        for value in [low - 1, high + 1] {
            #expect(
                load("plugins: []", [limit.variable: "\(value)"]).problems.map(\.description) == [
                    "environment \(limit.variable): error: \(name): must be from \(low) to \(high), found \(value)"
                ]
            )
        }
        #expect(load("plugins: []", [limit.variable: ""]).report == "")
        for value in [low, high] { #expect(load("plugins: []", [limit.variable: "\(value)"]).report == "") }
    }

    @Test("the rows above are all there are")
    func rowsAreComplete() {
        #expect(ReaderLimit.all.map(\.variable) == Self.rows.map(\.variable))
    }

    @Test("are listed with the other settings")
    func listing() {
        let listed = ConfigurationLoader.list(
            path: nil,
            sources: ConfigurationSources(environment: ["HOOKGATE_YAML_MAX_DEPTH": "100"]),
            isEffective: true
        )
        #expect(
            listed.content?.filter { $0.path.hasPrefix("yaml.") }.map { "\($0.path): \($0.value), \($0.source)" } == [
                "yaml.max_bytes: 4194304, default", "yaml.max_depth: 100, environment HOOKGATE_YAML_MAX_DEPTH",
                "yaml.max_values: 200000, default", "yaml.max_text_bytes: 16777216, default",
            ]
        )
    }
}

extension ReaderLimit: CustomTestStringConvertible {
    /// The variable.
    public var testDescription: String { variable }
}

import Foundation
import PluginConfig
import PluginPayloads
import Testing

@Suite("The page of input limits")
struct InputLimitTests {
    /// A row of a table, without what it says in words.
    fileprivate struct Row: Hashable, CustomStringConvertible {
        let key: String
        let standard: String
        let range: String

        var description: String { "\(key) \(standard) \(range)" }
    }

    private static let sections = ["server", "prompts", "plugin_settings", "upstreams"]

    private static func documented() throws -> [Row] {
        let root = URL(filePath: #filePath).appending(path: "../../..").standardized
        let text = try String(contentsOf: root.appending(path: "Documentation/InputLimits.md"), encoding: .utf8)
        return text.split(separator: "\n").filter { $0.hasPrefix("| `") }.map { line in
            let cells = line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
            return Row(key: cells[0].replacingOccurrences(of: "`", with: ""), standard: cells[1], range: cells[2])
        }
    }

    /// All keys that are limits by their names, as the schema for editors has them.
    private static func settings() throws -> [Row] {
        try sections.flatMap { section in
            let keys = ConfigurationSchema.value["properties"]?[section]?["properties"]?.object
            return try #require(keys).filter { $0.key.hasPrefix("max_") || $0.key.hasSuffix("timeout") }.map {
                key,
                schema in
                Row(
                    key: "\(section).\(key)",
                    standard: "\(try #require(schema["default"]))",
                    range: schema["minimum"].map { "\($0)–" } ?? "to "
                ).reaching("\(try #require(schema["maximum"]))")
            }
        }
    }

    @Test("has each limit with its default and its range, and no other")
    func table() throws {
        let variables = ReaderLimit.all.map { limit in
            Row(
                key: limit.variable,
                standard: "\(limit.standard)",
                range: "\(limit.range.lowerBound)–\(limit.range.upperBound)"
            )
        }
        let rows = try Self.documented()
        #expect(rows.map(\.description).sorted() == (try Self.settings() + variables).map(\.description).sorted())
    }

    @Test("has the defaults that hold when a file says nothing")
    func defaults() throws {
        let listed = ConfigurationLoader.list(path: nil, sources: ConfigurationSources(), isEffective: true)
        let values = Dictionary(uniqueKeysWithValues: try #require(listed.content).map { ($0.path, "\($0.value)") })
        for row in try Self.documented() where row.key.contains(".") { #expect(values[row.key] == row.standard) }
    }
}

extension InputLimitTests.Row {
    fileprivate func reaching(_ maximum: String) -> Self { Self(key: key, standard: standard, range: range + maximum) }
}

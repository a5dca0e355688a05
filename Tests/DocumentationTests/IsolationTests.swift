import Foundation
import PluginConfig
import PluginPayloads
import Testing

@Suite("The page on isolation")
struct IsolationTests {
    /// A row of a table, without what it says in words.
    private struct Row: Hashable, CustomStringConvertible {
        let key: String
        let standard: String
        let values: String

        var description: String { "\(key) \(standard) \(values)" }
    }

    /// The rows that begin with a key, which has a dot.
    private static func documented() throws -> [Row] {
        let root = URL(filePath: #filePath).appending(path: "../../..").standardized
        let text = try String(contentsOf: root.appending(path: "Documentation/Isolation.md"), encoding: .utf8)
        return text.split(separator: "\n").filter { $0.hasPrefix("| `") }.compactMap { line in
            let cells = line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
            guard cells.count == 4, cells[0].contains(".") else { return nil }
            return Row(key: cells[0].replacingOccurrences(of: "`", with: ""), standard: cells[1], values: cells[2])
        }
    }

    /// All keys of isolation, as the schema for editors has them.
    private static func settings() throws -> [Row] {
        let schema = ConfigurationSchema.value["properties"]
        let shared = try #require(schema?["plugin_settings"]?["properties"])
        let entry = try #require(schema?["plugins"]?["items"]?["properties"])
        // A word or a mapping may stand there; the second one is the mapping.
        let sandbox = try #require(shared["sandbox"]?["anyOf"]?[1])
        return try rows("plugin_settings", shared) { $0.hasSuffix("isolation") }
            + rows("process", #require(entry["process"]?["properties"]))
            + rows("sandbox", #require(sandbox["properties"]))
    }

    private static func rows(
        _ section: String,
        _ keys: JSONValue,
        where isWanted: (String) -> Bool = { _ in true }
    ) throws -> [Row] {
        try #require(keys.object).filter { isWanted($0.key) }.map { key, schema in
            let standard = try #require(schema["default"])
            let text = standard == [] ? "none" : standard.string ?? "\(standard)"
            return Row(key: "\(section).\(key)", standard: text, values: try values(schema))
        }
    }

    /// What the schema allows, as the page writes it.
    private static func values(_ schema: JSONValue) throws -> String {
        if let words = schema["anyOf"]?[0]?["enum"]?.array { return words.compactMap(\.string).joined(separator: ", ") }
        if let maximum = schema["maximum"] { return schema["minimum"].map { "\($0)–\(maximum)" } ?? "to \(maximum)" }
        return switch try #require(schema["type"]?[0]?.string) {
        case "boolean": "true, false"
        case "array": "list"
        default: "text"
        }
    }

    @Test("has each key of isolation, process and sandbox with its default and its values, and no other")
    func table() throws {
        #expect(try Self.documented().map(\.description).sorted() == Self.settings().map(\.description).sorted())
    }

    @Test("has the defaults that hold when a file says nothing")
    func defaults() throws {
        let listed = ConfigurationLoader.list(path: nil, sources: ConfigurationSources(), isEffective: true)
        let values = Dictionary(uniqueKeysWithValues: try #require(listed.content).map { ($0.path, $0.value) })
        let shared = try Self.documented().filter { $0.key.hasPrefix("plugin_settings.") }
        #expect(shared.map { values[$0.key] } == shared.map { .string($0.standard) })
    }
}

import PluginConfig
import PluginPayloads

/// Settings as a table for people: a group for each section and each plugin, its columns as wide as they need to be.
struct SettingTable {
    private static let widestPath = 60
    private static let widestValue = 40

    private let settings: [ListedSetting]
    private let usesColour: Bool

    init(_ settings: [ListedSetting], usesColour: Bool) {
        self.settings = settings
        self.usesColour = usesColour
    }

    /// The table with a line break at its end; empty if there are no settings.
    var text: String {
        let rows = settings.map { [$0.path, Self.text(of: $0.value), $0.source] }
        let limits = [Self.widestPath, Self.widestValue]
        let widths = limits.indices.map { column in min(rows.map { $0[column].count }.max() ?? 0, limits[column]) }
        var text = ""
        var group: Substring?
        for (setting, row) in zip(settings, rows) {
            let next = Self.group(of: setting.path)
            if let group, group != next { text += "\n" }
            group = next
            text += line(row, widths, isStandard: setting.source == SettingSource.standard.description) + "\n"
        }
        return text
    }

    /// `server` of `server.port`, `plugins[2]` of `plugins[2].config.words[0]`; empty for a setting outside any section.
    private static func group(of path: String) -> Substring { path.contains(".") ? path.prefix { $0 != "." } : "" }

    private func line(_ cells: [String], _ widths: [Int], isStandard: Bool) -> String {
        let padded = zip(cells, widths).map { cell, width in
            cell + String(repeating: " ", count: max(0, width - cell.count))
        }
        let line = (padded + cells.suffix(1)).joined(separator: "  ")
        // What nobody has set stands back.
        return usesColour && isStandard ? "\u{1B}[2m\(line)\u{1B}[0m" : line
    }

    /// A value as YAML has it: bare where that is clear, else as JSON.
    private static func text(of value: JSONValue) -> String {
        guard let text = value.string, let first = text.utf8.first, bareStarts.contains(first) else {
            return "\(value)"
        }
        let isBare = text.utf8.allSatisfy(bareBytes.contains) && !["true", "false", "null"].contains(text)
        return isBare ? text : "\(value)"
    }

    private static let bareStarts = Set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ/*".utf8)
    private static let bareBytes = bareStarts.union("0123456789_-.:@".utf8)
}

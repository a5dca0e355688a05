import PluginRuntime

/// Plugins as a table for people.
struct PluginTable {
    private let rows: [[String]]

    init(_ plugins: [PluginStatus]) {
        let header = ["NAME", "VERSION", "STATUS", "MODE", "PRIORITY", "HOOKS"]
        rows =
            [header]
            + plugins.map { plugin in
                [
                    plugin.name, plugin.version ?? "-", plugin.state.rawValue, plugin.mode, "\(plugin.priority)",
                    plugin.reason ?? plugin.hooks.joined(separator: ", "),
                ]
            }
    }

    /// The table; columns as wide as their widest text.
    var text: String {
        let widths = (0..<5).map { column in rows.map { $0[column].count }.max() ?? 0 }
        return rows.map { row in
            let cells = row.enumerated().map { column, cell in
                column < widths.count ? cell + String(repeating: " ", count: widths[column] - cell.count) : cell
            }
            return cells.joined(separator: "  ")
        }.joined(separator: "\n")
    }
}
